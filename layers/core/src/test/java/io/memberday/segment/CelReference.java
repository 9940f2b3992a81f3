package io.memberday.segment;

import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import io.memberday.member.Act;
import io.memberday.member.Attribute;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Tag;
import io.memberday.playbook.SamplePlaybook;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What cel-java's own runtime says of a member: the member's fields are written down once more
 * here, without a look at the evaluator. For members of {@link RandomMembers}, seen from one
 * vantage.
 */
public final class CelReference {
    /** From when members are looked at: some answers are written down for this day only. */
    public static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");

    public static final Vantage VANTAGE = SamplePlaybook.playbook().vantage(NOW);

    private final CelCompiler cel = SegmentCompiler.declared();
    private final CelRuntime runtime = runtime();
    private Member current = Member.fresh("m", NOW);

    /** An expression as cel-java compiles it. */
    public final class Compiled {
        private final CelRuntime.Program program;

        private Compiled(CelRuntime.Program program) {
            this.program = program;
        }

        /** {@code true}, {@code false}, or {@code error} where it has no value for the member. */
        public String says(Member member) {
            current = member;
            try {
                return String.valueOf(program.eval(values(member)));
            } catch (CelEvaluationException e) {
                return "error";
            }
        }
    }

    /** Compiles an expression. */
    public Compiled compiled(String source) {
        try {
            return new Compiled(runtime.createProgram(cel.compile(source).getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(source, e);
        }
    }

    /** The member's fields, written down once more and without a look at the evaluator. */
    private static Map<String, Object> values(Member member) {
        Map<String, Object> values = new HashMap<>();
        long count = member.purchases().count();
        long spent = member.purchases().minor();
        values.put("keptPurchases", count);
        values.put("spent", spent);
        values.put("averageOrder", count == 0 ? 0L : spent / count);
        long off =
                member.purchases().recent().stream()
                        .mapToLong(bought -> bought.basket().discountMinor())
                        .sum();
        long goods =
                member.purchases().recent().stream()
                        .mapToLong(
                                bought ->
                                        Math.max(
                                                0, bought.minor() - bought.basket().postageMinor()))
                        .sum();
        values.put("averageDiscount", off + goods == 0 ? 0L : 100 * off / (off + goods));
        values.put("daysSinceLastPurchase", days(member.purchases().last()));
        values.put("daysSinceFirstPurchase", days(member.purchases().first()));
        values.put("joinedDaysAgo", days(Optional.of(member.since())));
        values.put("daysSinceLogin", days(member.lastLogin()));
        values.put("points", member.points());
        values.put("refundedOrders", (long) member.refundedOrders());
        for (Act act : Act.values()) {
            String name =
                    switch (act) {
                        case BROWSE -> "Browse";
                        case FAVOURITE -> "Favourite";
                        case CART -> "Cart";
                        case ASK -> "Ask";
                        case CHECK_IN -> "CheckIn";
                    };
            Optional<Behaviour.Last> last = Optional.ofNullable(member.behaviour().last().get(act));
            values.put("daysSince" + name, days(last.map(Behaviour.Last::at)));
            values.put("last" + name + "Product", last.map(Behaviour.Last::product).orElse(""));
            values.put("last" + name + "Category", last.map(Behaviour.Last::category).orElse(""));
        }
        values.put(
                "daysBetweenPurchases",
                count < 2
                        ? 1_000_000L
                        : ChronoUnit.DAYS.between(
                                        member.purchases().first().get(),
                                        member.purchases().last().get())
                                / (count - 1));
        values.put("favouriteHour", favouriteHour(member));
        values.put("age", age(member));
        values.put("daysUntilBirthday", untilBirthday(member));
        values.put("birthdayToday", untilBirthday(member) == 0);
        values.put("openOrders", (long) member.openOrders().size());
        String tier = SamplePlaybook.ladder().of(member.purchases(), NOW).id();
        values.put("tier", tier);
        values.put(
                "layer",
                count == 0
                        ? "potential"
                        : tier.equals("gold") ? "vip" : count == 1 ? "new" : "regular");
        values.put("stage", SamplePlaybook.store().stages().of(member.purchases().last(), NOW));
        for (Profile.Field field :
                List.of(
                        Profile.Field.GENDER,
                        Profile.Field.LANGUAGE,
                        Profile.Field.COUNTRY,
                        Profile.Field.REGION,
                        Profile.Field.CITY,
                        Profile.Field.BIRTHDAY)) {
            values.put(field.key(), member.profile().get(field).orElse(""));
        }
        values.put("tags", List.copyOf(member.tags().keySet()));
        values.put(
                "bound",
                member.profile().fields().containsKey(Profile.Field.PHONE)
                        || member.profile().fields().containsKey(Profile.Field.EMAIL));
        return values;
    }

    private static long days(Optional<Instant> then) {
        return then.map(at -> ChronoUnit.DAYS.between(at, NOW)).orElse(1_000_000L);
    }

    private static long favouriteHour(Member member) {
        Map<Integer, Long> hours =
                member.purchases().recent().stream()
                        .collect(
                                Collectors.groupingBy(
                                        bought -> bought.paidAt().atZone(VANTAGE.zone()).getHour(),
                                        TreeMap::new,
                                        Collectors.counting()));
        return hours.entrySet().stream()
                .max(
                        Map.Entry.<Integer, Long>comparingByValue()
                                .thenComparing(
                                        Map.Entry.<Integer, Long>comparingByKey().reversed()))
                .map(hour -> (long) hour.getKey())
                .orElse(-1L);
    }

    private static long age(Member member) {
        return switch (member.profile().get(Profile.Field.BIRTHDAY).orElse("")) {
            case "1990-12-31" -> 35;
            case "2000-02-29" -> 26;
            case "1985-05-09" -> 40;
            default -> -1;
        };
    }

    private static long untilBirthday(Member member) {
        return switch (member.profile().get(Profile.Field.BIRTHDAY).orElse("")) {
            case "--05-08" -> 0;
            case "1985-05-09" -> 1;
            case "1990-12-31" -> 237;
            case "2030-01-01" -> 238;
            // 2027 has no 29 February.
            case "2000-02-29" -> 296;
            default -> 1_000_000;
        };
    }

    private Optional<String> known(String name, String written) {
        return Optional.ofNullable(current.attributes().byName().get(name))
                .flatMap(Attribute::value)
                .map(Attribute.Value::written)
                .filter(value -> value.startsWith(written));
    }

    private Stream<Purchase> boughtIn(String from, String to) {
        return current.purchases().recent().stream()
                .filter(bought -> within(bought.paidAt(), from, to));
    }

    private boolean last(String from, String to) {
        return current.purchases().last().filter(at -> within(at, from, to)).isPresent();
    }

    private long sent(String channel, long days) {
        return LongStream.range(0, days)
                .map(ago -> current.counters().getOrDefault(counter(channel, ago), 0))
                .sum();
    }

    private long sinceMarketing(String channel) {
        return LongStream.range(0, 100)
                .filter(ago -> current.counters().getOrDefault(counter(channel, ago), 0) > 0)
                .findFirst()
                .orElse(1_000_000);
    }

    private String counter(String channel, long ago) {
        return channel
                + ".d"
                + LocalDate.ofInstant(NOW, current.profile().zone().orElse(VANTAGE.zone()))
                        .minusDays(ago)
                        .format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private CelRuntime runtime() {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                "memberday_bought",
                                String.class,
                                String.class,
                                (from, to) ->
                                        current.purchases().recent().stream()
                                                .map(Purchase::paidAt)
                                                .anyMatch(at -> within(at, from, to))),
                        CelFunctionBinding.from(
                                "memberday_boughtCount",
                                String.class,
                                String.class,
                                (from, to) -> boughtIn(from, to).count()),
                        CelFunctionBinding.from(
                                "memberday_boughtCategory",
                                String.class,
                                name ->
                                        current.purchases().recent().stream()
                                                .anyMatch(
                                                        at ->
                                                                at.basket()
                                                                        .categories()
                                                                        .contains(name))),
                        CelFunctionBinding.from(
                                "memberday_boughtCategoryBetween",
                                List.of(String.class, String.class, String.class),
                                args ->
                                        boughtIn((String) args[1], (String) args[2])
                                                .anyMatch(
                                                        at ->
                                                                at.basket()
                                                                        .categories()
                                                                        .contains(
                                                                                (String) args[0]))),
                        CelFunctionBinding.from(
                                "memberday_boughtProduct",
                                String.class,
                                id ->
                                        current.purchases().recent().stream()
                                                .anyMatch(
                                                        at -> at.basket().products().contains(id))),
                        CelFunctionBinding.from(
                                "memberday_boughtProductBetween",
                                List.of(String.class, String.class, String.class),
                                args ->
                                        boughtIn((String) args[1], (String) args[2])
                                                .anyMatch(
                                                        at ->
                                                                at.basket()
                                                                        .products()
                                                                        .contains(
                                                                                (String) args[0]))),
                        CelFunctionBinding.from(
                                "memberday_spentBetween",
                                String.class,
                                String.class,
                                (from, to) -> boughtIn(from, to).mapToLong(Purchase::minor).sum()),
                        CelFunctionBinding.from(
                                "memberday_lastPurchaseOn", String.class, day -> last(day, day)),
                        CelFunctionBinding.from(
                                "memberday_lastPurchaseBetween",
                                String.class,
                                String.class,
                                this::last),
                        CelFunctionBinding.from(
                                "memberday_birthdayWithin",
                                Long.class,
                                days -> untilBirthday(current) <= days),
                        CelFunctionBinding.from(
                                "memberday_daysSinceMarketing", String.class, this::sinceMarketing),
                        CelFunctionBinding.from(
                                "memberday_marketingSent", String.class, Long.class, this::sent),
                        CelFunctionBinding.from(
                                "memberday_gotCampaign",
                                String.class,
                                id ->
                                        current.claims().keySet().stream()
                                                .anyMatch(run -> run.split("@")[0].equals(id))),
                        CelFunctionBinding.from(
                                "memberday_taggedBy",
                                String.class,
                                String.class,
                                (tag, who) ->
                                        current.tags().containsKey(tag)
                                                && (current.tags().get(tag).by() + ":")
                                                        .startsWith(who + ":")),
                        CelFunctionBinding.from(
                                "memberday_attributeText",
                                String.class,
                                name -> known(name, "t").orElse("t").substring(1)),
                        CelFunctionBinding.from(
                                "memberday_attributeNumber",
                                String.class,
                                name -> Long.parseLong(known(name, "n").orElse("n0").substring(1))),
                        CelFunctionBinding.from(
                                "memberday_attributeTruth",
                                String.class,
                                name -> known(name, "b1").isPresent()),
                        CelFunctionBinding.from(
                                "memberday_hasAttribute",
                                String.class,
                                name -> known(name, "").isPresent()),
                        CelFunctionBinding.from(
                                "memberday_daysSinceTag",
                                String.class,
                                tag ->
                                        days(
                                                Optional.ofNullable(current.tags().get(tag))
                                                        .map(Tag::at))),
                        CelFunctionBinding.from(
                                "memberday_refused",
                                String.class,
                                channel ->
                                        current.consents()
                                                .of(Channel.of(channel), Kind.MARKETING)
                                                .map(said -> !said.granted())
                                                .orElse(false)),
                        CelFunctionBinding.from(
                                "memberday_firstPurchaseOn", String.class, day -> first(day, day)),
                        CelFunctionBinding.from(
                                "memberday_firstPurchaseBetween",
                                String.class,
                                String.class,
                                this::first),
                        CelFunctionBinding.from(
                                "memberday_addressContainsAny",
                                List.class,
                                words ->
                                        List.of(
                                                        Profile.Field.REGION,
                                                        Profile.Field.CITY,
                                                        Profile.Field.ADDRESS)
                                                .stream()
                                                .flatMap(f -> current.profile().get(f).stream())
                                                .anyMatch(text -> hasOne(text, words))),
                        CelFunctionBinding.from(
                                "memberday_reachable",
                                String.class,
                                channel -> current.reachableAt(Channel.of(channel)).isPresent()),
                        CelFunctionBinding.from(
                                "memberday_consent",
                                String.class,
                                channel ->
                                        current.consents()
                                                .of(Channel.of(channel), Kind.MARKETING)
                                                .map(Consent::granted)
                                                .orElse(false)),
                        CelFunctionBinding.from(
                                "memberday_amount",
                                String.class,
                                written -> Long.parseLong(written.replace(".", ""))))
                .build();
    }

    private static boolean hasOne(String text, List<?> words) {
        return words.stream().anyMatch(word -> text.contains(String.valueOf(word)));
    }

    private boolean first(String from, String to) {
        return current.purchases().first().filter(at -> within(at, from, to)).isPresent();
    }

    private static boolean within(Instant at, String from, String to) {
        LocalDate day = LocalDate.ofInstant(at, VANTAGE.zone());
        return !day.isBefore(date(from)) && !day.isAfter(date(to));
    }

    private static LocalDate date(String written) {
        return switch (written) {
            case "today" -> LocalDate.parse("2026-05-08");
            case "today-30d" -> LocalDate.parse("2026-04-08");
            case "today-90d" -> LocalDate.parse("2026-02-07");
            case "today-200d" -> LocalDate.parse("2025-10-20");
            case "today-300d" -> LocalDate.parse("2025-07-12");
            default -> LocalDate.parse(written);
        };
    }
}
