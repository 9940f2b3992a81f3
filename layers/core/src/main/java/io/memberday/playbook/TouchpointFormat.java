package io.memberday.playbook;

import io.memberday.json.Fields;
import io.memberday.member.Kind;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The compiled form of touchpoints. Objects keep their fields' sequence. */
final class TouchpointFormat {
    private TouchpointFormat() {}

    static Map<String, Object> write(Touchpoint touchpoint) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", touchpoint.id());
        object.put("kind", touchpoint.kind().key());
        object.put("on", touchpoint.on().key());
        object.put("timing", write(touchpoint.timing()));
        object.put("validFor", touchpoint.validFor().toString());
        object.put("leastMinor", touchpoint.leastMinor());
        object.put("terms", write(touchpoint.terms()));
        object.put(
                "branches", touchpoint.branches().stream().map(TouchpointFormat::write).toList());
        touchpoint.issues().ifPresent(coupon -> object.put("issues", StoreFormat.write(coupon)));
        touchpoint.reminds().ifPresent(coupon -> object.put("reminds", StoreFormat.write(coupon)));
        return object;
    }

    static Touchpoint read(Fields fields) {
        return new Touchpoint(
                fields.text("id"),
                Kind.of(fields.text("kind")),
                Touchpoint.Trigger.of(fields.text("on")),
                timing(fields.object("timing")),
                Duration.parse(fields.text("validFor")),
                fields.whole("leastMinor", 0, Long.MAX_VALUE),
                terms(fields.object("terms")),
                fields.objects("branches").stream().map(TouchpointFormat::branch).toList(),
                fields.optionalObject("issues").map(StoreFormat::coupon),
                fields.optionalObject("reminds").map(StoreFormat::coupon));
    }

    private static Map<String, Object> write(Timing timing) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("after", timing.after().toString());
        timing.at().ifPresent(at -> object.put("at", at.toString()));
        object.put("usual", timing.usual());
        object.put("local", timing.local());
        timing.before().ifPresent(before -> object.put("before", before.toString()));
        object.put("lead", timing.lead().toString());
        object.put("days", timing.days().stream().map(ScheduleFormat::write).toList());
        object.put("within", timing.within().toString());
        return object;
    }

    private static Timing timing(Fields fields) {
        return new Timing(
                Duration.parse(fields.text("after")),
                fields.optionalText("at").map(LocalTime::parse),
                fields.optionalTruth("usual").orElse(false),
                fields.optionalTruth("local").orElse(false),
                fields.optionalText("before").map(LocalTime::parse),
                Duration.parse(fields.text("lead")),
                fields.objects("days").stream().map(ScheduleFormat::read).toList(),
                Duration.parse(fields.text("within")));
    }

    private static Map<String, Object> write(Terms terms) {
        Map<String, Object> object = new LinkedHashMap<>();
        terms.only().ifPresent(only -> object.put("if", only.compiled()));
        terms.unless().ifPresent(unless -> object.put("unless", unless.compiled()));
        object.put("endsWhen", terms.endsWhen().stream().map(Ending::key).sorted().toList());
        object.put("reordered", terms.reordered().toString());
        return object;
    }

    private static Terms terms(Fields fields) {
        return new Terms(
                segment(fields, "if"),
                segment(fields, "unless"),
                fields.texts("endsWhen").stream().map(Ending::of).collect(Collectors.toSet()),
                Duration.parse(fields.text("reordered")));
    }

    private static Map<String, Object> write(Branch branch) {
        Map<String, Object> object = new LinkedHashMap<>();
        branch.when().ifPresent(when -> object.put("when", when.compiled()));
        object.put("send", CampaignFormat.write(branch.send()));
        branch.call().ifPresent(call -> object.put("call", call));
        return object;
    }

    private static Branch branch(Fields fields) {
        return new Branch(
                segment(fields, "when"),
                CampaignFormat.send(fields.objects("send")),
                fields.optionalText("call"));
    }

    private static Optional<Segment> segment(Fields fields, String name) {
        return fields.optionalObject(name).map(written -> Segments.read(written.asMap()));
    }
}
