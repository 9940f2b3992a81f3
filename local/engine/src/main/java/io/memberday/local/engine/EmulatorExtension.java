package io.memberday.local.engine;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Gives tests an {@link Emulator}, {@link TemplateTables}, {@link DynamoDbClient} or {@link
 * S3Client} as a parameter.
 *
 * <p>The engines start once per test JVM, S3 only when asked for. Each top-level test class has
 * tables of its own, made from the template before its first test and deleted after its last; its
 * tests share them.
 *
 * {@snippet :
 * @ExtendWith(EmulatorExtension.class)
 * class DynamoDbMemberStoreTest {
 *     private final DynamoDbMemberStore store;
 *
 *     DynamoDbMemberStoreTest(Emulator emulator) {
 *         store = new DynamoDbMemberStore(emulator.dynamoDb(), emulator.table("MembersTable"));
 *     }
 * }
 * }
 *
 * With a template other than the repository's: {@code @RegisterExtension static final
 * EmulatorExtension EMULATOR = EmulatorExtension.of(Path.of("src/test/resources/small.yaml"));}
 */
public final class EmulatorExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmulatorExtension.class);

    private final Supplier<Path> templateFile;

    /** With the repository's template.yaml. */
    public EmulatorExtension() {
        this(Repository::template);
    }

    private EmulatorExtension(Supplier<Path> templateFile) {
        this.templateFile = templateFile;
    }

    /** With another template. */
    public static EmulatorExtension of(Path templateFile) {
        return new EmulatorExtension(() -> templateFile);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        emulator(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Emulator.class
                || type == DynamoDbClient.class
                || type == S3Client.class
                || type == TemplateTables.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Emulator emulator = emulator(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == DynamoDbClient.class) {
            return emulator.dynamoDb();
        }
        if (type == S3Client.class) {
            return emulator.s3();
        }
        return type == TemplateTables.class ? emulator.tables() : emulator;
    }

    /** Made in the outermost class's context, found from those inside it. */
    private Emulator emulator(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        Emulator.class,
                        key -> new Emulator(engines(context), templateFile.get()),
                        Emulator.class);
    }

    private static Engines engines(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Engines.class, key -> new Engines(), Engines.class);
    }
}
