package io.memberday.export;

import java.util.Optional;

/** How far exports are. */
public interface ExportStore {

    /** An export as it is now. */
    Optional<Export> find(String token);

    /**
     * Writes an export over its version before.
     *
     * @return false if that is not what the store holds: another was faster
     */
    boolean write(Export export);
}
