package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Channel;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.Store;

import org.junit.jupiter.api.Test;

import java.time.ZoneId;
import java.util.Map;

/** What the template and the playbook both say. */
class ParametersTest {
    private final Store store = Playbooks.load().store();
    private final Map<String, String> defaults = Deployment.TEMPLATE.parameterDefaults();

    @Test
    void shouldRunInThePlaybooksZone() {
        assertEquals(store.zone(), ZoneId.of(defaults.get("StoreZone")));
    }

    @Test
    void shouldAllowEmailFromThePlaybooksAddressOnly() {
        String sender = store.channels().get(Channel.EMAIL).sender();

        // With a name it is "Name <address>".
        assertEquals(
                sender.replaceFirst(".*<(.+)>$", "$1"),
                defaults.get("EmailFrom"),
                "SES would refuse every email");
    }
}
