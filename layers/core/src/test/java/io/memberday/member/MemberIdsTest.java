package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class MemberIdsTest {

    @Test
    void shouldMakeIdsThatDiffer() {
        MemberIds ids = new MemberIds(new Random(8));
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.get());
        }
        assertEquals(10_000, made.size());
        assertTrue(made.stream().allMatch(id -> id.matches("m[0-9a-z]{16}")));
    }
}
