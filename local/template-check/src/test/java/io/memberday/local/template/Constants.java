package io.memberday.local.template;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.Set;
import java.util.TreeSet;

/** The texts that our compiled code holds. */
final class Constants {
    private Constants() {}

    /** Every string constant of every class of ours that would run on AWS. */
    static Set<String> all() throws IOException {
        return below("io/memberday/");
    }

    /** Those of the one package that talks to AWS. */
    static Set<String> ofStores() throws IOException {
        return below("io/memberday/aws/");
    }

    private static Set<String> below(String prefix) throws IOException {
        Set<String> constants = new TreeSet<>();
        for (byte[] bytes : Deployment.ourClasses()) {
            ClassModel model = ClassFile.of().parse(bytes);
            if (!model.thisClass().asInternalName().startsWith(prefix)) {
                continue;
            }
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof StringEntry text) {
                    constants.add(text.stringValue());
                }
            }
        }
        return constants;
    }
}
