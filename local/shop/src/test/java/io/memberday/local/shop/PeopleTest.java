package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

import io.memberday.local.shop.Person.Consent;
import io.memberday.local.shop.Person.Outlets;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

class PeopleTest {
    private static final Instant TODAY = Instant.parse("2026-05-07T06:00:00Z");
    private static final long SEED = 20_260_508;

    private static final List<Person> PEOPLE = new People(SEED, TODAY).first(2000);

    @Test
    void shouldMakeTheSamePeopleFromTheSameSeed() {
        assertEquals(PEOPLE, new People(SEED, TODAY).first(2000));
        assertEquals(PEOPLE.subList(0, 60), new People(SEED, TODAY).first(60));
        assertNotEquals(PEOPLE, new People(SEED + 1, TODAY).first(2000));
    }

    @Test
    void shouldBeSevenInTenChinese() {
        assertShare(PEOPLE, person -> person.land().chinese(), 66, 74);
        assertTrue(PEOPLE.stream().map(person -> person.land().country()).distinct().count() >= 7);
    }

    @Test
    void shouldHaveOnlyPhonesThatAreValidAndWrittenInE164AndTheirOwn() throws Exception {
        Set<String> seen = new HashSet<>();
        for (Person person : PEOPLE) {
            if (person.phone().isPresent()) {
                String phone = person.phone().get();
                assertEquals(phone, e164(phone));
                assertTrue(seen.add(phone), "two people have one phone");
            }
        }
        assertShare(PEOPLE, person -> person.phone().isPresent(), 75, 95);
    }

    @Test
    void shouldHaveEmailAddressesOfTheReservedDomainThatAreTheirOwn() {
        Set<String> seen = new HashSet<>();
        PEOPLE.stream()
                .flatMap(person -> person.email().stream())
                .forEach(
                        email -> {
                            assertTrue(
                                    email.matches("[a-z]+\\.[a-z]+\\d+@[a-z0-9]+\\.example"),
                                    email);
                            assertTrue(seen.add(email));
                        });
    }

    @Test
    void shouldNotAllHaveAgreedToMarketing() {
        assertShare(PEOPLE, person -> person.sms() == Consent.GIVEN, 50, 66);
        assertShare(PEOPLE, person -> person.sms() == Consent.REFUSED, 8, 16);
        assertShare(PEOPLE, person -> person.sms() == Consent.UNKNOWN, 20, 40);
    }

    @Test
    void shouldHaveMaskedPhonesSchoolAddressesAndBuyersOnTwoOutlets() {
        assertShare(PEOPLE, Person::masked, 3, 8);
        assertShare(
                PEOPLE, person -> person.home().street().matches(".*(大学|中学|初中|高中|学院|学校).*"), 2, 8);
        assertShare(PEOPLE, person -> person.outlets() == Outlets.BOTH, 8, 22);
        assertTrue(PEOPLE.stream().noneMatch(p -> p.home().street().contains("{}")));
    }

    @Test
    void shouldMostlyBuyOnceOrNotAtAllAndAFewOften() {
        assertShare(PEOPLE, person -> person.appetite() == 0, 29, 39);
        assertShare(PEOPLE, person -> person.appetite() == 1, 26, 36);
        assertShare(PEOPLE, person -> person.appetite() >= 7, 2, 7);
        double mean = PEOPLE.stream().mapToInt(Person::appetite).average().orElseThrow();
        assertTrue(mean > 1.2 && mean < 2.2, () -> "mean " + mean);
    }

    @Test
    void shouldWriteChineseNamesWithoutASpaceAndOthersWithOne() {
        assertTrue(
                PEOPLE.stream()
                        .filter(person -> person.land().chinese())
                        .noneMatch(person -> person.name().contains(" ")));
        assertFalse(
                PEOPLE.stream()
                        .filter(person -> person.land().country().equals("US"))
                        .anyMatch(person -> !person.name().contains(" ")));
    }

    private static String e164(String phone) throws NumberParseException {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        var number = phones.parse(phone, null);
        assertTrue(phones.isValidNumber(number), phone);
        return phones.format(number, PhoneNumberFormat.E164);
    }

    private static void assertShare(
            List<Person> people, Predicate<Person> which, int least, int most) {
        double percent = 100.0 * people.stream().filter(which).count() / people.size();
        assertTrue(percent >= least && percent <= most, () -> percent + " % of seed " + SEED);
    }
}
