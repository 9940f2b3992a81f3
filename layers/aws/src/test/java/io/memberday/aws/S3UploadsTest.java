package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.file.Uploads;
import io.memberday.file.Uploads.Part;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Random;

@ExtendWith(EmulatorExtension.class)
class S3UploadsTest {
    private static final String GZIP = "application/gzip";

    private final Emulator emulator;
    private final Uploads uploads;

    S3UploadsTest(Emulator emulator) {
        this.emulator = emulator;
        uploads = new S3Uploads(emulator.s3(), emulator.bucket("FilesBucket"));
    }

    @Test
    void shouldShowAFileOnceItIsCompleteAndNotBefore() throws Exception {
        // Given: parts whose numbers have gaps, one of them of another worker and left out
        String name = "exports/one/members.gz";
        String upload = uploads.begin(name, GZIP);
        byte[] first = content(Uploads.LEAST_PART, 1);
        byte[] second = content(Uploads.LEAST_PART + 1, 2);
        byte[] last = content(10, 3);
        List<Part> parts =
                List.of(
                        uploads.put(name, upload, 3, first),
                        uploads.put(name, upload, 5, second),
                        uploads.put(name, upload, 9, last));
        uploads.put(name, upload, 7, content(100, 4));
        assertEquals(List.of(), names("exports/one"));

        // When: and once more, as by a worker that did not know
        uploads.complete(name, upload, parts);
        uploads.complete(name, upload, parts);

        // Then
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(first);
        whole.writeBytes(second);
        whole.writeBytes(last);
        try (InputStream in = uploads.read(name)) {
            assertArrayEquals(whole.toByteArray(), in.readAllBytes());
        }
        assertEquals(List.of(name), names("exports/one"));
        assertEquals(
                GZIP,
                emulator.s3()
                        .headObject(head -> head.bucket(emulator.bucket("FilesBucket")).key(name))
                        .contentType());
    }

    @Test
    void shouldLeaveNothingOfAnAbortedUpload() {
        String name = "exports/two/members.gz";
        String upload = uploads.begin(name, GZIP);
        Part part = uploads.put(name, upload, 1, content(100, 5));

        uploads.abort(name, upload);
        uploads.abort(name, upload);
        uploads.delete(name);

        assertEquals(
                0,
                emulator.s3()
                        .listMultipartUploads(
                                list -> list.bucket(emulator.bucket("FilesBucket")).prefix(name))
                        .uploads()
                        .size());
        uploads.complete(name, upload, List.of(part));
        assertThrows(S3Exception.class, () -> uploads.read(name));
        assertEquals(List.of(), names("exports/two"));
    }

    private List<String> names(String prefix) {
        return emulator
                .s3()
                .listObjectsV2(list -> list.bucket(emulator.bucket("FilesBucket")).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static byte[] content(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }
}
