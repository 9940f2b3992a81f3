package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.json.Json;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;

/** Parcels as plugins write them, and what must not cost the order. */
class WooParcelsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            nullValues = "-",
            textBlock =
                    """
                    [{"tracking_provider": "sf-express", "tracking_number": "SF1"}]         | sf:SF1
                    [{"custom_tracking_provider": "顺丰速运", "tracking_number": " SF 1\u200b"}] | sf:SF1
                    [{"tracking_provider": "UPS", "tracking_number": 19007199254740993}]    | ups:19007199254740993
                    {"0": {"tracking_provider": "dhl-us", "tracking_number": "1"}, "3": {"tracking_provider": "usps", "tracking_number": "2"}} | dhl-us:1 usps:2
                    [{"tracking_provider": "某快递", "tracking_number": "1"}]                 | ``
                    [{"tracking_provider": "usps", "tracking_number": ""}]                  | ``
                    [{"tracking_provider": ["usps"], "tracking_number": {"no": 1}}]         | ``
                    [{"tracking_number": "1"}, "usps", null, 7]                             | ``
                    "a:1:{i:0;a:0:{}}"                                                      | ``
                    null                                                                    | ``
                    7                                                                       | ``
                    """)
    void shouldReadWhatIsAParcelAndPassOverTheRest(String value, String parcels) {
        String order =
                """
                {"meta_data": ["x", {"key": "_other", "value": [{"tracking_number": "9"}]},
                  {"key": "_wc_shipment_tracking_items", "value": %s}]}
                """
                        .formatted(value);
        assertEquals(
                parcels,
                WooParcels.of(Json.read(order), SamplePlaybook.store().logistics()).stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")));
    }
}
