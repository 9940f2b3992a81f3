package io.memberday.segmentexport;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbExportLog;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.Env;
import io.memberday.aws.S3FileStore;
import io.memberday.export.ExportRequest;
import io.memberday.export.Manifest;
import io.memberday.export.SegmentExport;
import io.memberday.file.FileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.member.MemberIds;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.segment.BadExpression;
import io.memberday.segment.Segment;
import io.memberday.segment.SegmentCompiler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a segment to files: {@code {"segment": "regulars"}} or {@code {"where": "keptPurchases >=
 * 2"}}, with {@code format}, {@code columns}, {@code hashed}, {@code includeSuppressed} and {@code
 * by} as wanted. Answers the manifest and where it lies.
 */
public final class SegmentExportLambda
        implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentExportLambda.class);

    private final Playbook playbook;
    private final SegmentExport export;
    private final FileStore files;
    private final Clock clock;

    public SegmentExportLambda() {
        this(Env.system());
    }

    public SegmentExportLambda(Env env) {
        this(env, Clients.dynamoDb(), new S3FileStore(Clients.s3(), env.filesBucket()));
    }

    private SegmentExportLambda(Env env, DynamoDbClient dynamoDb, FileStore files) {
        this(
                Playbooks.load(),
                new SegmentExport(
                        new DynamoDbMemberScan(dynamoDb, env.membersTable()),
                        files,
                        new DynamoDbExportLog(dynamoDb, env.memberActivityTable()),
                        new MemberIds(new SecureRandom()),
                        SegmentExport.EXCEL_ROWS),
                files,
                env.clock());
    }

    SegmentExportLambda(Playbook playbook, SegmentExport export, FileStore files, Clock clock) {
        this.playbook = playbook;
        this.export = export;
        this.files = files;
        this.clock = clock;
    }

    /**
     * @throws RefusedRequest if the request cannot be taken: it names field, value and mend
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        Instant now = clock.instant();
        try {
            ExportRequest request =
                    ExportRequest.read(
                            Fields.of("", payload),
                            playbook.segments(),
                            where ->
                                    compile(
                                            where,
                                            LocalDate.ofInstant(now, playbook.store().zone())));
            Manifest manifest = export.export(request, playbook.vantage(now));
            LOG.info("export {}: {} rows", manifest.id(), manifest.rows());
            Map<String, Object> answer = new LinkedHashMap<>(manifest.values());
            answer.put(
                    "manifest",
                    files.address(SegmentExport.FOLDER + manifest.id() + "/manifest.json"));
            return answer;
        } catch (BadInput bad) {
            throw new RefusedRequest(bad);
        }
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
