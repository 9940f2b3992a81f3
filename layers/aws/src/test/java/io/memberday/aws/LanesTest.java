package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

class LanesTest {
    private final Lanes lanes = new Lanes(4);

    @Test
    void shouldAnswerInTheCallsSequenceHoweverTheyOverlap() {
        // Given calls that return only when four are under way
        CyclicBarrier four = new CyclicBarrier(4);
        List<Supplier<Boolean>> calls =
                IntStream.range(0, 12)
                        .<Supplier<Boolean>>mapToObj(
                                number ->
                                        () -> {
                                            meet(four);
                                            return number % 3 == 0;
                                        })
                        .toList();

        // Then
        assertEquals(
                IntStream.range(0, 12).mapToObj(number -> number % 3 == 0).toList(),
                lanes.all(calls));
    }

    @Test
    void shouldFailAsTheCallDidWhenNoneIsUnderWayAnyMore() {
        AtomicInteger ended = new AtomicInteger();
        List<Supplier<Boolean>> calls =
                IntStream.range(0, 20)
                        .<Supplier<Boolean>>mapToObj(
                                number ->
                                        () -> {
                                            ended.incrementAndGet();
                                            if (number == 7) {
                                                throw new UnsupportedOperationException("seven");
                                            }
                                            return true;
                                        })
                        .toList();

        UnsupportedOperationException failed =
                assertThrows(UnsupportedOperationException.class, () -> lanes.all(calls));

        assertEquals("seven", failed.getMessage());
        assertEquals(20, ended.get());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
