package io.memberday.desk;

import io.memberday.care.Case;
import io.memberday.care.CaseDesk;
import io.memberday.care.CaseFile;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.care.CaseStore;
import io.memberday.json.Fields;
import io.memberday.member.Member;
import io.memberday.playbook.Playbook;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Care cases as agents ask for them and work on them (R56): listed, looked at with the member's
 * history, taken, closed. A case is named by {@code {"member": id, "case": "case#parcel-sf:SF1"}},
 * as lists give it.
 */
public final class DeskCases {
    private static final String CASE = "case";
    private static final String VERSION = "version";
    private static final int USUAL = 25;
    private static final int MOST = 100;

    /** Enough orders to see all of which a sign could still count. */
    private static final int ORDERS = 50;

    private final CaseStore store;
    private final CaseDesk desk;
    private final MemberSearch search;
    private final MemberView view;
    private final OrderHistory history;
    private final Playbook playbook;
    private final Clock clock;

    public DeskCases(
            CaseStore store, DeskStore members, MemberView view, Playbook playbook, Clock clock) {
        this.store = store;
        this.desk = new CaseDesk(store, clock);
        this.search = new MemberSearch(members, playbook.store());
        this.view = view;
        this.history = new OrderHistory(members, playbook.store().currency());
        this.playbook = playbook;
        this.clock = clock;
    }

    /**
     * Answers {@code {"kind": "parcel", "limit": 25, "after": cursor}}, all as wanted: the cases
     * that wait, oldest first, and, if there are more, {@code next}.
     *
     * @throws io.memberday.json.BadInput if there is no such kind or page
     */
    public Map<String, Object> open(Fields request) {
        request.only(Set.of("kind", "limit", "after"));
        Optional<CaseKind> kind =
                request.optionalText("kind")
                        .map(
                                key -> {
                                    try {
                                        return CaseKind.of(key);
                                    } catch (IllegalArgumentException _) {
                                        throw request.bad(
                                                "kind", "must be one of " + CaseKind.keys());
                                    }
                                });
        int limit = Math.toIntExact(request.optionalWhole("limit", 1, MOST).orElse((long) USUAL));
        CaseStore.Page page = desk.open(kind, Cursor.read(request, "after"), limit);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("cases", page.cases().stream().map(CaseFile::answer).toList());
        page.next().ifPresent(next -> answer.put(OrderHistory.NEXT, Cursor.of(next)));
        return answer;
    }

    /**
     * A case with what may have led to it, the member's other cases and, as {@code view}, what an
     * agent sees of the member.
     *
     * @return empty if there is no such case
     * @throws io.memberday.json.BadInput if the request names none
     */
    public Optional<Map<String, Object>> find(Fields request) {
        request.only(Set.of(MemberView.MEMBER, CASE));
        return desk.find(id(request)).map(this::file);
    }

    /**
     * Gives a case to {@code "to"}, else to whoever asks. {@code "version"} is the one that was
     * seen.
     *
     * @param by who asks
     * @return empty if there is no such case
     * @throws Stale if it has changed since it was seen
     * @throws io.memberday.json.BadInput if the request is none, or the case is closed
     */
    public Optional<Map<String, Object>> assign(Fields request, String by) {
        request.only(Set.of(MemberView.MEMBER, CASE, VERSION, "to"));
        CaseId id = id(request);
        long version = request.whole(VERSION, 0, Long.MAX_VALUE);
        String to = request.optionalText("to").orElse(by);
        return desk.find(id).map(_ -> changed(desk.assign(id, version, to)));
    }

    /**
     * Closes a case with a {@code "result"}. {@code "version"} is the one that was seen.
     *
     * @param by who closes it
     * @return empty if there is no such case
     * @throws Stale if it has changed since it was seen
     * @throws io.memberday.json.BadInput if the request is none, or the case is closed
     */
    public Optional<Map<String, Object>> close(Fields request, String by) {
        request.only(Set.of(MemberView.MEMBER, CASE, VERSION, "result"));
        CaseId id = id(request);
        long version = request.whole(VERSION, 0, Long.MAX_VALUE);
        String result = request.text("result");
        return desk.find(id).map(_ -> changed(desk.close(id, version, by, result)));
    }

    private static Map<String, Object> changed(Optional<Case> now) {
        return now.map(CaseFile::answer)
                .orElseThrow(() -> new Stale("the case has changed since you saw it: look again"));
    }

    private static CaseId id(Fields request) {
        return CaseId.of(request.text(MemberView.MEMBER), request.text(CASE))
                .orElseThrow(
                        () -> request.bad(CASE, "must name a case, such as case#parcel-sf:SF1"));
    }

    private Map<String, Object> file(Case work) {
        Optional<Member> member = search.live(work.id().memberId());
        Map<String, Object> answer =
                member.map(known -> file(work, known)).orElse(CaseFile.ofNobody(work)).answer();
        member.ifPresent(known -> answer.put("view", view.of(known, clock.instant())));
        return answer;
    }

    private CaseFile file(Case work, Member member) {
        Instant now = clock.instant();
        List<Case> cases = store.of(MemberView.names(member));
        OrderHistory.Page page = history.page(member, Optional.empty(), ORDERS);
        return CaseFile.of(
                work,
                member,
                cases,
                page.orders(),
                page.parcels().values(),
                playbook.ladder(),
                now);
    }
}
