package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SurvivorTest {
    private final Map<String, Member> members = new HashMap<>();
    private final List<String> read = new ArrayList<>();

    @Test
    void shouldFindWhomAMemberHasBecomeByOneReadForEachMerge() {
        // Given
        merged("a", "b");
        merged("b", "c");
        Member living = member("c");
        members.put("c", living);

        // When
        Optional<Member> survivor = Survivor.of("a", this::find);

        // Then
        assertEquals(Optional.of(living), survivor);
        assertEquals(List.of("a", "b", "c"), read);

        // When it is asked of one that lives, who is at hand
        read.clear();

        // Then nothing is read
        assertEquals(Optional.of(living), Survivor.of(living, this::find));
        assertEquals(List.of(), read);
    }

    @Test
    void shouldFindNobodyWhereATombstoneLeadsNowhere() {
        merged("a", "b");

        assertEquals(Optional.empty(), Survivor.of("a", this::find));
        assertEquals(Optional.empty(), Survivor.of("b", this::find));
    }

    @Test
    void shouldNotGoInACircle() {
        merged("a", "b");
        merged("b", "c");
        merged("c", "b");

        assertEquals(
                "member b was merged into itself",
                assertThrows(IllegalStateException.class, () -> Survivor.of("a", this::find))
                        .getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> Survivor.follow("a", id -> find(id).flatMap(Member::mergedInto)));
    }

    private void merged(String id, String into) {
        members.put(id, member(id).change().mergedInto(into).done());
    }

    private static Member member(String id) {
        return Member.fresh(id, Instant.parse("2026-05-08T02:00:00Z"));
    }

    private Optional<Member> find(String id) {
        read.add(id);
        return Optional.ofNullable(members.get(id));
    }
}
