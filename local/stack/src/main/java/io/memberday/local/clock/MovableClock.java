package io.memberday.local.clock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Real time plus an offset, kept as an ISO 8601 duration in a file that functions read at each look
 * (their variable {@code MEMBERDAY_CLOCK}). Safe for use by many threads.
 */
public final class MovableClock implements InstantSource {
    private final Path file;
    private final InstantSource real;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Duration offset = Duration.ZERO;

    /** A clock that shows real time until it is moved. */
    public MovableClock(Path file) {
        this(file, InstantSource.system());
    }

    /** A clock over another than the system's. */
    public MovableClock(Path file, InstantSource real) {
        this.file = file.toAbsolutePath();
        this.real = real;
        write(Duration.ZERO);
    }

    /** What the clock of another process shows, by its file. */
    public static Instant shownBy(Path file) {
        try {
            return InstantSource.system()
                    .instant()
                    .plus(Duration.parse(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        return real.instant().plus(offset);
    }

    /** The file with the offset. */
    public Path file() {
        return file;
    }

    /**
     * Sets the clock, forward or back. Nothing that was due on the way happens: for that, travel.
     */
    public synchronized void set(Instant time) {
        write(Duration.between(real.instant(), time));
        listeners.forEach(Runnable::run);
    }

    /** Has something told after each {@link #set}. */
    public void onSet(Runnable listener) {
        listeners.add(listener);
    }

    private void write(Duration moved) {
        try {
            Files.createDirectories(file.getParent());
            // Moved into place whole: a function may read it at this very moment.
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, moved.toString());
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            offset = moved;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
