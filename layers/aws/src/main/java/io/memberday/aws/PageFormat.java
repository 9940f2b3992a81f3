package io.memberday.aws;

import static io.memberday.aws.Attributes.number;
import static io.memberday.aws.Attributes.optionalText;
import static io.memberday.aws.Attributes.text;

import io.memberday.campaign.Page;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A page's row. */
public final class PageFormat {
    static final String START = "page#";

    private PageFormat() {}

    /** The partition of a slice's pages, batches and outcomes. */
    public static String partition(String run, int slice) {
        return "run#%s#%04d".formatted(run, slice);
    }

    /** The row of a page. */
    public static Map<String, AttributeValue> item(Page page) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("pk", text(partition(page.run(), page.slice())));
        item.put("sk", text(START + "%06d".formatted(page.number())));
        item.put("run", text(page.run()));
        item.put("slice", number(page.slice()));
        item.put("number", number(page.number()));
        page.next().ifPresent(next -> item.put("next", text(next)));
        item.put("scanned", number(page.scanned()));
        item.put("eligible", number(page.eligible()));
        Map<String, AttributeValue> excluded = new HashMap<>();
        page.excluded().forEach((reason, count) -> excluded.put(reason, number(count)));
        item.put("excluded", AttributeValue.fromM(excluded));
        return item;
    }

    /** Reads {@link #item}. */
    public static Page page(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> counts = item.get("excluded").m();
        Map<String, Integer> excluded = new TreeMap<>();
        counts.keySet()
                .forEach(reason -> excluded.put(reason, Math.toIntExact(number(counts, reason))));
        return new Page(
                item.get("run").s(),
                Math.toIntExact(number(item, "slice")),
                Math.toIntExact(number(item, "number")),
                optionalText(item, "next"),
                Math.toIntExact(number(item, "scanned")),
                Math.toIntExact(number(item, "eligible")),
                excluded);
    }
}
