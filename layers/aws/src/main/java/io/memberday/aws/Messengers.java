package io.memberday.aws;

import io.memberday.member.Channel;
import io.memberday.message.Messenger;
import io.memberday.playbook.Store;
import io.memberday.playbook.Store.ChannelPolicy;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The providers of a store's channels on AWS. */
public final class Messengers {
    private Messengers() {}

    /** SMS by SNS and email by SES, from the store's senders. */
    public static Map<Channel, Messenger> of(Store store, Clock clock) {
        Map<Channel, Messenger> messengers = new EnumMap<>(Channel.class);
        messengers.put(Channel.SMS, new SnsMessenger(Clients.sns(), sender(store, Channel.SMS)));
        messengers.put(
                Channel.EMAIL,
                new SesMessenger(Clients.ses(), sender(store, Channel.EMAIL), clock));
        return messengers;
    }

    private static String sender(Store store, Channel channel) {
        return Optional.ofNullable(store.channels().get(channel))
                .map(ChannelPolicy::sender)
                .orElse("");
    }
}
