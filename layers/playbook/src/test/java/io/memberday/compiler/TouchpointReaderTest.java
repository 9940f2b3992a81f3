package io.memberday.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Kind;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class TouchpointReaderTest {
    private static final String SEND = "\n  send: { sms: payment-reminder }\n";
    private static final String UNPAID = "- id: t\n  on: order-unpaid\n  validFor: 2h\n  ";

    @Test
    void shouldReadWhatAShopSaysOfItsTouchpointsAndKeepItInTheCompiledForm() {
        // Given: R15 with its kinds, R16, R17, R24 and a step of R25
        String yaml =
                """
                - id: reminder
                  on: order-unpaid
                  after: 1h
                  validFor: 12h
                  reordered: 48h
                  branches:
                    - { when: tier == "gold" && order.amount >= 50000, call: payment }
                    - { when: buyers, send: { sms: payment-reminder } }
                    - { send: { sms: last-hours } }
                - id: cut-off
                  on: order-unpaid
                  before: "13:30"
                  lead: 1h
                  days: [ "11-11", FRI, "2026-06-18" ]
                  within: 2d
                  send: { sms: payment-reminder }
                - id: offer-end
                  on: order-unpaid
                  at: "2026-11-11T21:00"
                  validFor: 2h
                  send: { sms: payment-reminder }
                - id: similar
                  kind: marketing
                  on: first-purchase
                  after: 30d
                  at: usual
                  otherwise: "20:00"
                  clock: member
                  validFor: 1d
                  if: consent("sms")
                  unless: order.shipped
                  endsWhen: [ repurchased, refunded ]
                  send: { sms: last-hours }
                """;

        // When
        Playbook read = Playbooks.read(Playbooks.write(compiled(yaml)));

        // Then
        assertEquals(
                List.of("reminder", "cut-off", "offer-end", "similar"),
                read.touchpoints().stream().map(Touchpoint::id).toList());
        Touchpoint reminder = read.touchpoints().getFirst();
        assertEquals(Duration.ofHours(48), reminder.terms().reordered());
        assertEquals(Optional.of("payment"), reminder.branches().getFirst().call());
        assertEquals(
                "keptPurchases >= 1", reminder.branches().get(1).when().orElseThrow().source());
        assertEquals(Optional.empty(), reminder.branches().getLast().when());
        Touchpoint cutOff = read.touchpoints().get(1);
        assertEquals(Optional.of(LocalTime.of(13, 30)), cutOff.timing().before());
        assertEquals(Duration.ofHours(1), cutOff.timing().lead());
        for (String date : List.of("2027-11-11", "2026-05-15", "2026-06-18")) {
            assertTrue(isDay(cutOff, LocalDate.parse(date)), date);
        }
        assertTrue(!isDay(cutOff, LocalDate.parse("2026-06-17")));
        assertEquals(DayOfWeek.WEDNESDAY, LocalDate.parse("2026-06-17").getDayOfWeek());
        assertTrue(isDay(read.touchpoints().get(2), LocalDate.parse("2026-11-11")));
        assertEquals(Optional.of(LocalTime.of(21, 0)), read.touchpoints().get(2).timing().at());
        Touchpoint similar = read.touchpoints().getLast();
        assertEquals(Kind.MARKETING, similar.kind());
        assertEquals(Trigger.FIRST_PURCHASE, similar.on());
        assertTrue(similar.timing().usual() && similar.timing().local());
        assertEquals(Set.of(Ending.REPURCHASED, Ending.REFUNDED), similar.terms().endsWhen());
        assertEquals("consent(\"sms\")", similar.terms().only().orElseThrow().source());
        assertEquals("order.shipped", similar.terms().unless().orElseThrow().source());
    }

    private static boolean isDay(Touchpoint touchpoint, LocalDate date) {
        return touchpoint.timing().days().stream().anyMatch(day -> day.on(date));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "before: \"13:30\" | 1 | lead: say how long before the cut-off",
                "lead: 1h | 4 | lead: is the time before a cut-off",
                "before: \"13:30\"\\n  lead: 1h | 3 | validFor: is told by the cut-off already",
                "at: noon | 4 | at: write a time like",
                "at: \"2026-13-11T21:00\" | 4 | at: write a moment like",
                "at: usual | 1 | otherwise: is missing",
                "otherwise: \"20:00\" | 4 | otherwise: is the time for whom at: usual knows none",
                "clock: member | 4 | clock: tells whose clock at means",
                "days: [ FRI ] | 4 | days: say when on such a day",
                "at: \"10:00\"\\n  days: [ Friday ] | 5 | days: write days like",
                "within: 3d | 4 | within: bounds the wait for one of days",
                "endsWhen: [ bought ] | 4 | endsWhen: ",
                "if: order.reviewedd | 4 | if: column 6: unknown field order.reviewedd",
                "unless: buyrs | 4 | unless: no segment is called so: did you mean buyers?",
                "kind: marketing\\n  at: \"23:00\" | 5 | at: lies in the quiet hours",
                "call: person | 4 | call: name the kind of the care case",
            })
    void shouldSayWhatIsWrongWhereAndHowToMendIt(String field, int line, String mend) {
        String yaml =
                UNPAID + field.replace("\\n", "\n") + (field.startsWith("call") ? "\n" : SEND);

        List<Mistake> mistakes = mistakes(yaml);

        assertTrue(
                mistakes.stream()
                        .anyMatch(
                                mistake ->
                                        mistake.toString()
                                                        .contains("touchpoints.yaml:" + line + ":")
                                                && mistake.toString().contains("t." + mend)),
                mistakes::toString);
    }

    @Test
    void shouldReadWhatGivesACouponAndWhatRemindsOfIt() {
        Playbook read = Playbooks.read(Playbooks.write(coupons(Map.of()).playbook().orElseThrow()));

        Touchpoint gift = read.touchpoints().getFirst();
        Touchpoint reminder = read.touchpoints().getLast();
        assertEquals(Trigger.ORDER_SIGNED, gift.on());
        assertTrue(gift.issues().orElseThrow().once());
        assertEquals(gift.issues(), reminder.reminds());
        assertEquals(Optional.empty(), reminder.issues());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reminds: gift | reminds: gifts | reminder.reminds: no coupon of benefits.yaml is",
                "reminds: gift | issues: gift\\n  reminds: gift | reminder.reminds: a coupon is",
                "issues: gift | reminds: gift | gift.reminds: no touchpoint issues it",
                "after: 17d | after: 22d | reminder.reminds: gift issues it after 2d, and then it",
                "after: 17d | after: 1d | reminder.reminds: gift issues it after 2d, and then it",
                "{{code}} | 码 | reminder.reminds: nobody learns the code",
                "once: true | once: maybe | coupons.gift.once: write true or false",
            })
    void shouldRefuseARemindersCouponThatIsNotThereThen(String right, String wrong, String said) {
        String mistakes = coupons(Map.of(right, wrong.replace("\\n", "\n"))).mistakes().toString();
        assertTrue(mistakes.contains(said), mistakes);
    }

    @Test
    void shouldWarnOfSilentParcelsWhereNoCarriersAreKnown() {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.put(
                "touchpoints.yaml",
                "- id: t\n  on: parcel-silent\n  validFor: 2h\n  call: silent\n");
        assertFalse(warnsOfSilence(files));

        files.compute("store.yaml", (_, text) -> text.replaceFirst(" *carriers: .*\n", ""));

        assertTrue(warnsOfSilence(files));
    }

    private static boolean warnsOfSilence(Map<String, String> files) {
        return SmallShop.compileFiles(files).mistakes().stream()
                .anyMatch(one -> one.warning() && one.mend().contains("leave this touchpoint out"));
    }

    private static PlaybookCompiler.Result coupons(Map<String, String> changes) {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.put(
                "benefits.yaml",
                "gold: 95折\n"
                    + "coupons: { gift: { value: \"5.00 CNY\", validFor: 20d, once: true } }\n");
        files.put("templates/payment-reminder.sms.txt", "{{code}}\n");
        files.put(
                "touchpoints.yaml",
                """
                - id: gift
                  on: order-signed
                  after: 2d
                  validFor: 2h
                  send: { sms: payment-reminder }
                  issues: gift
                - id: reminder
                  on: order-signed
                  after: 17d
                  validFor: 2h
                  send: { sms: payment-reminder }
                  reminds: gift
                """);
        changes.forEach(
                (right, wrong) ->
                        files.replaceAll(
                                (_, text) ->
                                        text.contains(right) ? text.replace(right, wrong) : text));
        return SmallShop.compileFiles(files);
    }

    @Test
    void shouldRefuseABranchThatNobodyReachesAndFieldsThatNeedAnotherEvent() {
        String yaml =
                """
                - id: t
                  on: parcel-signed
                  validFor: 2h
                  least: "1.00 CNY"
                  reordered: 2h
                  branches:
                    - send: { sms: payment-reminder }
                    - { when: buyers, send: { sms: payment-reminder }, call: review }
                """;

        String mistakes = mistakes(yaml).toString();

        for (String mend :
                List.of(
                        "t.least: bounds the amount of an order only",
                        "t.reordered: is for reminders of an unpaid order only",
                        "t.branches[1].when: nobody comes here",
                        "t.branches[1].send: either a person calls or a message is sent")) {
            assertTrue(mistakes.contains(mend), mend + " in " + mistakes);
        }
    }

    private static Playbook compiled(String yaml) {
        PlaybookCompiler.Result result = result(yaml);
        return result.playbook().orElseThrow(() -> new AssertionError(result.mistakes()));
    }

    private static List<Mistake> mistakes(String yaml) {
        return result(yaml).mistakes();
    }

    private static PlaybookCompiler.Result result(String yaml) {
        Map<String, String> files = new HashMap<>(SmallShop.files());
        files.put("touchpoints.yaml", yaml);
        return SmallShop.compileFiles(files);
    }
}
