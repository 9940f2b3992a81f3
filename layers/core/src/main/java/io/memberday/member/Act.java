package io.memberday.member;

/** What a person does at the shop without buying (R9). */
public enum Act {
    BROWSE,
    FAVOURITE,
    CART,
    /** Asked before a purchase 询单. */
    ASK,
    CHECK_IN
}
