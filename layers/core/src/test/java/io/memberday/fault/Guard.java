package io.memberday.fault;

/** A condition on which a write rests. The stores on DynamoDB have each of them. */
public enum Guard {
    /** A run is planned only if there is none of its id. */
    RUN_ABSENT,
    /** A run's state is changed only from one of those expected. */
    RUN_STATE,
    /** A batch is taken for sending only while its run is running. */
    RUN_RUNNING,
    /** What was planned together is scanned together. */
    TOGETHER,
    /** A run and its batches keep the window with which they were planned. */
    WINDOW,
    /** A page and its batches are written only if the page is not there. */
    PAGE_ABSENT,
    /** All orders that were paid on a day are read, or none. */
    ALL_PAID,
    /** A batch is taken only from the owner that was read, and only while it is not done. */
    BATCH_OWNER,
    /** A batch is finished and given back only by its owner. */
    BATCH_MINE,
    /** Money is set aside only below the run's cap. */
    RUN_CAP,
    /** Money is set aside only below the month's cap. */
    MONTH_CAP,
    /** A touch is claimed only on a member that bears no claim of the run. */
    CLAIM,
    /** A touch is claimed only while the member's consents are those read. */
    CONSENT,
    /** A touch is claimed only while the member's counters are those read. */
    CAP,
    /** A touch is claimed only on a member that was not merged since it was read. */
    MERGED,
    /** A service touch is claimed and put off only while state, claim and time are those read. */
    TOUCH_FREE,
    /** What became of a touch's money is written only while its claim is the one read. */
    TOUCH_SETTLED,
    /** A service touch is claimed only while its order is the one read: still unpaid. */
    TOUCH_ORDER,
    /** A service touch is claimed only while its member is the one read. */
    TOUCH_MEMBER,
    /** A touch is claimed only while the parcel that was asked is the one read. */
    TOUCH_PARCEL,
    /** A marketing touch is claimed only with money below the month's cap. */
    TOUCH_MONEY,
    /** What makes a touch pointless takes it away in its own transaction. */
    TOUCH_GONE,
    /** A service touch is deleted only while nobody has claimed it. */
    TOUCH_PLANNED,
    /** A service touch is planned only if there is none of its id. */
    TOUCH_ABSENT,
    /** An order is written only over the version that was read. */
    ORDER_VERSION,
    /** A webhook writes a member only over the version that was read. */
    MEMBER_VERSION,
    /** A parcel is written only over the version that was read. */
    PARCEL_VERSION,
    /** An identity is given a member only while it names nobody. */
    IDENTITY_FREE,
    /** An identity is given a member only with the opt-outs that were read. */
    OPT_OUT_READ,
    /** An address is suppressed only while it names nobody. */
    OPT_OUT_FREE,
    /** A refusal is written only over the member's version that was read. */
    REFUSAL_VERSION,
    /** A cause opens a case only if it has none, or one that was closed before it occurred. */
    CASE_ABSENT,
    /** A case is assigned and closed only over the version that was read. */
    CASE_VERSION,
    /** A silent parcel is counted only over the count that was read. */
    SILENT_COUNT,
    /** A channel that is stopped is busy until its stop ends. */
    STOP_BUSY,
    /** A sender sees that its channel is stopped. */
    STOP_SEEN
}
