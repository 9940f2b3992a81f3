package io.memberday.result;

import io.memberday.benefit.Coupons;
import io.memberday.campaign.Controls;
import io.memberday.campaign.Screening;
import io.memberday.touch.Outcome;

/** What rows record of touches, in words for people. */
public final class Reasons {
    private Reasons() {}

    /** How a touch ended that only calls for a person, by care cases. */
    static String toldOfCall(Outcome ended) {
        return switch (ended.reason()) {
            case "call" ->
                    "A care case was opened at %s, for a person to see to it."
                            .formatted(ended.at());
            case "claim" -> told(ended);
            default ->
                    "No case was opened, found at %s: %s."
                            .formatted(ended.at(), said(ended.reason()));
        };
    }

    /** How a touch ended. */
    static String told(Outcome ended) {
        return switch (ended.status()) {
            case SENT ->
                    "Sent by %s at %s: %s, %d parts, message %s."
                            .formatted(
                                    ended.channel().key(),
                                    ended.at(),
                                    ended.template(),
                                    ended.parts(),
                                    ended.messageId());
            case FAILED ->
                    "The provider refused it at %s: %s.".formatted(ended.at(), ended.reason());
            case UNKNOWN ->
                    "Nobody knows whether it was sent: %s. It is never sent again."
                            .formatted(said(ended.reason()));
            case SUPPRESSED ->
                    ended.reason().equals("call")
                            ? "In place of a message a care case was opened at %s, for a person to see to it."
                                    .formatted(ended.at())
                            : "Not sent, found at %s: %s."
                                    .formatted(ended.at(), said(ended.reason()));
        };
    }

    /** A reason in words. */
    public static String said(String reason) {
        return switch (reason) {
            case "segment" -> "it is not in the segment, or it is another's birthday";
            case "consent" ->
                    "it wants no such messages on the channel, or has not agreed to marketing"
                            + " there";
            case "unreachable" -> "it has no address that a message reaches";
            case "cap" -> "it has had as many messages as the caps allow";
            case "merged" -> "it has become one with a member who was addressed";
            case "budget" -> "the money of the run or of the month was spent";
            case Screening.QUIET_HOURS ->
                    "it fell into the quiet hours of its clock, and was too late after them";
            case Screening.FREE_SHIPPING -> "its orders are too small for the free shipping";
            case Screening.WORTH -> "the difference that it would get back is nothing";
            case "window" -> "the run's window had passed";
            case "cancelled" -> "the run was cancelled";
            case "cost" -> "its message would have cost more than was set aside";
            case "claim" -> "its sender was gone before it could say how the call had ended";
            case "no-answer" -> "the provider gave no answer";
            case "template" -> "the playbook has no text of it";
            case "gone" -> "there is no such member any more";
            case Controls.GLOBAL ->
                    "it is in the store's global control group, which gets no marketing";
            case Controls.HELD_OUT -> "it has become a member of the campaign's control group";
            case "late" -> "it was too late to be of use";
            case "paid" -> "the order was paid";
            case "pledged" -> "its buyer had done what was asked: the money is on its way";
            case "closed" -> "the order was closed or cancelled";
            case "refunded" -> "the order was refunded";
            case "reordered" -> "its member paid another order with one of the products";
            case "repurchased" -> "its member has bought again since";
            case "reviewed" -> "its member has reviewed the order";
            case "signed" -> "it was signed for";
            case "not-first" -> "the order is not its member's first purchase, as was believed";
            case "condition" -> "the touchpoint's condition did not hold";
            case "branch" -> "no branch of the touchpoint is for its member";
            case "call" -> "a person was asked to call: a care case was opened";
            case "mass-delay" ->
                    "many parcels of its carrier, or last seen where it was, are silent: one care"
                            + " case stands for all of them";
            case "corrected" -> "the order names another parcel by now";
            case "amount" -> "the order's amount is below the touchpoint's least";
            case "exception" -> "the carrier has reported an exception";
            case "returned" -> "it went back";
            case Coupons.HAD ->
                    "it has had the coupon, which each member gets once, and it is over";
            case Coupons.NONE -> "it has no such coupon, or none that still holds";
            case "touchpoint" -> "the playbook has no such touchpoint any more";
            default -> reason;
        };
    }
}
