package io.memberday.aws;

import static io.memberday.aws.RunFormat.PK;
import static io.memberday.aws.RunFormat.SK;

import io.memberday.campaign.Page;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;
import java.util.TreeMap;

/** A page's row in the CampaignResults table. */
public final class PageFormat {
    static final String START = "page#";

    private PageFormat() {}

    /** The partition of a slice's pages, batches and outcomes. */
    public static String partition(String run, int slice) {
        return "run#%s#%04d".formatted(run, slice);
    }

    /** The row of a page. */
    public static Map<String, AttributeValue> item(Page page) {
        return new RowDraft()
                .put(PK, partition(page.run(), page.slice()))
                .put(SK, START + "%06d".formatted(page.number()))
                .put("run", page.run())
                .put("slice", page.slice())
                .put("number", page.number())
                .putText("next", page.next())
                .put("scanned", page.scanned())
                .putUnlessZero("eligible", page.eligible())
                .putMapUnlessEmpty("excluded", page.excluded(), reason -> reason, RowDraft::of)
                .done();
    }

    /** Reads {@link #item}. */
    public static Page page(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        Row counts = row.map("excluded");
        Map<String, Integer> excluded = new TreeMap<>();
        counts.values()
                .keySet()
                .forEach(reason -> excluded.put(reason, Math.toIntExact(counts.number(reason))));
        return new Page(
                row.text("run"),
                Math.toIntExact(row.number("slice")),
                Math.toIntExact(row.number("number")),
                row.optionalText("next"),
                Math.toIntExact(row.number("scanned")),
                Math.toIntExact(row.numberOrZero("eligible")),
                excluded);
    }
}
