package io.memberday.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes CSV that spreadsheets open with Chinese intact (UTF-8 with a byte order mark) and whose
 * cells never run as formulas (P7): a cell that begins as a formula does gets an apostrophe before
 * it, as OWASP's "CSV Injection" page advises.
 */
public final class SafeCsv implements AutoCloseable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The full-width ones start a formula in Chinese and Japanese versions of Excel. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private final CsvWriter csv;

    /** Begins a file. */
    public SafeCsv(OutputStream out) throws IOException {
        this(out, true);
    }

    /**
     * @param begins whether a file begins here; else what is written follows on rows of the same
     *     file
     */
    public SafeCsv(OutputStream out, boolean begins) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        if (begins) {
            writer.write(BYTE_ORDER_MARK);
        }
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer);
    }

    /** Writes one row. */
    public void row(List<String> cells) {
        csv.writeRecord(cells.stream().map(SafeCsv::safe).toList());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    static String safe(String cell) {
        return cell.isEmpty() || FORMULA_STARTS.indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }
}
