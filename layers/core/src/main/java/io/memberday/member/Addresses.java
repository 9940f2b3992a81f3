package io.memberday.member;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings phones and email addresses into the one form in which they name a member. What is masked,
 * encrypted, too short, a placeholder or otherwise nobody's own address names nobody; it is never
 * an error, as the order that carries it is good all the same.
 */
public final class Addresses {
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[^\\s@\"(),:;<>\\[\\]\\\\*$]{1,64}@[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+");

    /** Masked ({@code 138****1234}), encrypted ({@code $…$1$}), or with letters or an extension. */
    private static final Pattern NO_PHONE = Pattern.compile("[*$\\p{L}#;]");

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final String country;
    private final Set<String> placeholders;

    /**
     * @param country ISO 3166-1 alpha-2, of phones written without a country code
     * @param placeholders phones, email addresses and identity keys that stand for nobody; one that
     *     begins with {@code @} stands for every address of that domain
     */
    public Addresses(String country, Set<String> placeholders) {
        this.country = country;
        this.placeholders =
                placeholders.stream()
                        .map(written -> written.replaceFirst("^(phone|email):", ""))
                        .map(written -> e164(written).orElse(lower(written)))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The phone in E.164. Fixed lines name nobody: an office or a household shares them, and no SMS
     * reaches them.
     */
    public Optional<String> phone(String written) {
        return e164(written).filter(phone -> !placeholders.contains(phone));
    }

    /** The email address in lower case. */
    public Optional<String> email(String written) {
        String address = lower(written);
        boolean good = address.length() <= LONGEST_EMAIL && EMAIL.matcher(address).matches();
        return Optional.of(address)
                .filter(known -> good)
                .filter(known -> !placeholders.contains(known))
                .filter(known -> !placeholders.contains(known.substring(known.indexOf('@'))));
    }

    /** Whether an account's identity key stands for nobody. */
    public boolean placeholder(String key) {
        return placeholders.contains(lower(key));
    }

    private Optional<String> e164(String written) {
        if (written.isBlank() || NO_PHONE.matcher(written).find()) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = phones.parse(written, country);
            // A number that is not valid has no type.
            PhoneNumberType type = phones.getNumberType(number);
            return type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE
                    ? Optional.of(phones.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }

    private static String lower(String written) {
        return written.strip().toLowerCase(Locale.ROOT);
    }
}
