package io.memberday.member;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes member ids: {@code m} and 16 letters or digits at random, so that they tell nothing. */
public final class MemberIds implements Supplier<String> {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 16;

    private final RandomGenerator random;

    /**
     * @param random in production a {@code SecureRandom}: it stays random in every copy of a
     *     snapshot
     */
    public MemberIds(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public String get() {
        StringBuilder id = new StringBuilder("m");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
