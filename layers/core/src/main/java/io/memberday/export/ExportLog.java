package io.memberday.export;

/** Who took what (R67). */
@FunctionalInterface
public interface ExportLog {

    /** Notes an export whose files are stored; its manifest follows. */
    void note(Manifest manifest);
}
