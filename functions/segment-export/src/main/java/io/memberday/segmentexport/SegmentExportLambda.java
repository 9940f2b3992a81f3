package io.memberday.segmentexport;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbExportLog;
import io.memberday.aws.DynamoDbExportStore;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.Env;
import io.memberday.aws.EventBridgeBus;
import io.memberday.aws.S3FileStore;
import io.memberday.aws.S3Uploads;
import io.memberday.export.ExportRequest;
import io.memberday.export.Manifest;
import io.memberday.export.SegmentExport;
import io.memberday.export.SegmentExport.End;
import io.memberday.export.SegmentExport.Left;
import io.memberday.export.SegmentExport.Records;
import io.memberday.export.SegmentExport.Sizes;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.segment.BadExpression;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a segment to files: {@code {"segment": "regulars"}} or {@code {"where": "keptPurchases >=
 * 2"}}, with {@code format}, {@code columns}, {@code hashed}, {@code includeSuppressed} and {@code
 * by} as wanted. Answers the manifest and where it lies; {@code {"export": …, "continued": true}}
 * if the rest follows in another invocation.
 *
 * <p>{@code {"export": "regulars-2026…"}} takes up an export that was broken off, with {@code
 * "abort": true} it gives it up.
 */
public final class SegmentExportLambda
        implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentExportLambda.class);

    /**
     * More than one page, one part and reading back one file take: with less left, no more work.
     */
    private static final int MARGIN_MILLIS = 90_000;

    private static final String EXPORT = "export";
    private static final String ABORT = "abort";

    private final Playbook playbook;
    private final SegmentExport export;
    private final Clock clock;

    public SegmentExportLambda() {
        this(Env.system());
    }

    public SegmentExportLambda(Env env) {
        this(env, Clients.dynamoDb(), Clients.s3());
    }

    private SegmentExportLambda(Env env, DynamoDbClient dynamoDb, S3Client s3) {
        this(
                Playbooks.load(),
                new SegmentExport(
                        new DynamoDbMemberScan(dynamoDb, env.membersTable()),
                        new S3Uploads(s3, env.filesBucket()),
                        new S3FileStore(s3, env.filesBucket()),
                        new Records(
                                new DynamoDbExportStore(dynamoDb, env.memberActivityTable()),
                                new DynamoDbExportLog(dynamoDb, env.memberActivityTable())),
                        new EventBridgeBus(Clients.eventBridge(), env.eventBus()),
                        () -> UUID.randomUUID().toString(),
                        Sizes.USUAL),
                env.clock());
    }

    SegmentExportLambda(Playbook playbook, SegmentExport export, Clock clock) {
        this.playbook = playbook;
        this.export = export;
        this.clock = clock;
    }

    /**
     * @throws RefusedRequest if the request cannot be taken: it names field, value and mend
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        try {
            Fields whole = Fields.of("", payload);
            // An event on the bus has what it is about inside.
            Fields request = whole.optionalObject("detail").orElse(whole);
            String id = request.has(EXPORT) ? request.text(EXPORT) : begun(request, context);
            if (request.optionalTruth(ABORT).orElse(false)) {
                export.abort(id);
                LOG.info("export {} is aborted", id);
                return Map.of(EXPORT, id, "aborted", true);
            }
            Left left =
                    export.proceed(
                            id,
                            playbook::vantage,
                            () -> context.getRemainingTimeInMillis() > MARGIN_MILLIS);
            LOG.info("export {}: {}", left.id(), left.end());
            return left.manifest().map(this::answer).orElseGet(() -> unfinished(left));
        } catch (BadInput bad) {
            throw new RefusedRequest(bad);
        }
    }

    /** Lambda repeats an asynchronous call under the same request id: the repeated one goes on. */
    private String begun(Fields fields, Context context) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, playbook.store().zone());
        ExportRequest request =
                ExportRequest.read(fields, playbook.segments(), where -> compile(where, today));
        return export.begin(context.getAwsRequestId().replace("-", ""), request, now);
    }

    private Map<String, Object> answer(Manifest manifest) {
        Map<String, Object> answer = new LinkedHashMap<>(manifest.values());
        answer.put("manifest", export.address(manifest.id()));
        return answer;
    }

    private static Map<String, Object> unfinished(Left left) {
        boolean aborted = left.end() == End.ABORTED;
        return Map.of(EXPORT, left.id(), aborted ? "aborted" : "continued", true);
    }

    /** Only a request that brings an expression loads the parser. */
    private Segment compile(String where, LocalDate today) {
        SegmentCompiler compiler =
                new SegmentCompiler(
                        playbook.store().currency(), playbook.store().horizon(), playbook.ladder());
        playbook.segments().forEach(compiler::knowing);
        try {
            return compiler.compile(where, Optional.of(today));
        } catch (BadExpression bad) {
            throw bad.in("where");
        }
    }
}
