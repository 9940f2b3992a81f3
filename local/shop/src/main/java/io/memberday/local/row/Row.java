package io.memberday.local.row;

/**
 * One capability that the product promises.
 *
 * @param id such as {@code R34}, or a word
 * @param title in a few words
 * @param tale what shows it
 */
record Row(String id, String title, Tale tale) {
    /** Plays on a shop in which nobody has been yet. */
    @FunctionalInterface
    interface Tale {
        void tell(Scene scene);
    }
}
