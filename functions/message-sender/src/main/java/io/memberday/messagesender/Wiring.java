package io.memberday.messagesender;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbBatchStore;
import io.memberday.aws.DynamoDbChannelStops;
import io.memberday.aws.DynamoDbClaimStore;
import io.memberday.aws.DynamoDbCouponStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.DynamoDbServiceTouchStore;
import io.memberday.aws.Env;
import io.memberday.aws.EventBridgeBus;
import io.memberday.aws.Messengers;
import io.memberday.aws.Sleep;
import io.memberday.aws.WebhookSecrets;
import io.memberday.benefit.CouponCodes;
import io.memberday.benefit.Coupons;
import io.memberday.campaign.RunStore;
import io.memberday.event.EventBus;
import io.memberday.member.MemberIds;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.send.BatchSender;
import io.memberday.send.Dispatch;
import io.memberday.send.Halts;
import io.memberday.send.MarketingClaims;
import io.memberday.send.TouchSender;
import io.memberday.send.UnsubscribeLinks;
import io.memberday.touch.ClaimStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** The senders on AWS. */
record Wiring(BatchSender batchSender, TouchSender touchSender, EventBus bus) {
    static Wiring of(Env env) {
        Clock clock = env.clock();
        Sleep sleep = new Sleep();
        DynamoDbClient dynamoDb = Clients.dynamoDb();
        Playbook playbook = Playbooks.load();
        ClaimStore members = new DynamoDbClaimStore(dynamoDb, env.membersTable());
        Dispatch dispatch =
                new Dispatch(
                        Messengers.of(playbook.store(), clock),
                        new DynamoDbChannelStops(dynamoDb, env.campaignResultsTable(), sleep),
                        env.sendersAtOnce(),
                        sleep,
                        clock);
        Supplier<String> nonces = new MemberIds(new SecureRandom());
        RunStore runs = new DynamoDbRunStore(dynamoDb, env.campaignResultsTable());
        EventBus bus = new EventBridgeBus(Clients.eventBridge(), env.eventBus());
        Halts halts = new Halts(runs, bus, clock);
        WebhookSecrets secrets =
                new WebhookSecrets(Clients.secretsManager(), env.webhookSecrets(), clock);
        Coupons coupons =
                new Coupons(
                        new DynamoDbCouponStore(dynamoDb, env.memberActivityTable()),
                        new CouponCodes(() -> secrets.live(UnsubscribeLinks.SECRET)),
                        playbook.store().zone());
        UnsubscribeLinks links =
                new UnsubscribeLinks(env.publicUrl(), () -> secrets.live(UnsubscribeLinks.SECRET));
        return new Wiring(
                new BatchSender(
                        runs,
                        new DynamoDbBatchStore(dynamoDb, env.campaignResultsTable(), sleep),
                        members,
                        new MarketingClaims(members, links, coupons, clock),
                        dispatch,
                        halts,
                        nonces,
                        playbook.store(),
                        clock),
                new TouchSender(
                        new DynamoDbServiceTouchStore(dynamoDb, env, sleep),
                        members,
                        dispatch,
                        halts,
                        playbook,
                        links,
                        coupons,
                        nonces,
                        clock),
                bus);
    }
}
