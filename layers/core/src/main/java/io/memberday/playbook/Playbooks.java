package io.memberday.playbook;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.message.CompiledTemplates;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes a compiled playbook. No YAML, CEL or template parser is loaded for it. */
public final class Playbooks {
    /** Where the playbook layer puts its compiled form on the class path. */
    public static final String RESOURCE = "/memberday/playbook.json";

    private Playbooks() {}

    /**
     * The shop's playbook from the class path.
     *
     * @throws IllegalStateException if there is none
     */
    public static Playbook load() {
        try (InputStream in = Playbooks.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "no " + RESOURCE + " on the class path: add the playbook layer");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    public static Playbook read(String json) {
        Fields fields = Json.read(json);
        Store store = StoreFormat.read(fields.object("store"));
        Map<String, Segment> segments = new LinkedHashMap<>();
        Fields named = fields.object("segments");
        named.names()
                .forEach(name -> segments.put(name, Segments.read(named.object(name).asMap())));
        return new Playbook(
                store,
                StoreFormat.ladder(fields.object("ladder")),
                segments,
                fields.objects("campaigns").stream().map(CampaignFormat::read).toList(),
                fields.objects("touchpoints").stream().map(TouchpointFormat::read).toList(),
                new Benefits(
                        StoreFormat.benefits(fields.object("benefits")).texts(), coupons(fields)),
                CompiledTemplates.read(store.language(), fields.objects("templates")));
    }

    private static Map<String, Coupon> coupons(Fields fields) {
        Map<String, Coupon> coupons = new TreeMap<>();
        if (fields.has("coupons")) {
            for (Fields one : fields.objects("coupons")) {
                Coupon coupon = StoreFormat.coupon(one);
                coupons.put(coupon.id(), coupon);
            }
        }
        return coupons;
    }

    /** The compiled form: equal playbooks give equal text. */
    public static String write(Playbook playbook) {
        Map<String, Object> segments = new TreeMap<>();
        playbook.segments().forEach((name, segment) -> segments.put(name, segment.compiled()));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("store", StoreFormat.write(playbook.store()));
        object.put("ladder", StoreFormat.write(playbook.ladder()));
        object.put("segments", segments);
        object.put("campaigns", playbook.campaigns().stream().map(CampaignFormat::write).toList());
        object.put(
                "touchpoints",
                playbook.touchpoints().stream().map(TouchpointFormat::write).toList());
        object.put("benefits", StoreFormat.write(playbook.benefits()));
        object.put(
                "coupons",
                new TreeMap<>(playbook.benefits().coupons())
                        .values().stream().map(StoreFormat::write).toList());
        object.put("templates", playbook.templates().compiled());
        return Json.write(object);
    }
}
