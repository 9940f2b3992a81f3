package io.memberday.local.shop;

import io.memberday.local.row.PurchaseReplay;
import io.memberday.local.row.Rows;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param isolated whether every function runs in JVMs of its own
 * @param once whether to end after the story, instead of staying up for the page
 * @param members how many simulated people there are
 * @param seed from which they are made
 * @param port of the page and the HTTP API
 * @param help whether only to say what there is to ask for
 * @param rows which of the product's rows to show instead of the story; none for the story
 * @param purchase which purchase to replay instead; none for the story
 */
record Options(
        boolean isolated,
        boolean once,
        int members,
        long seed,
        int port,
        boolean help,
        List<String> rows,
        Optional<String> purchase) {
    static final String HELP =
            """
            Usage: ./local/run [--once] [--isolated] [--members N] [--seed S] [--port N]
                   ./local/run --rows all|R34,R52 [--isolated] [--port N]
                   ./local/run --purchase KIND [--isolated] [--port N]

            Starts the system of template.yaml on this machine, lets a small simulated shop arrive as
            signed webhooks, holds member day, and shows what came of it.

              --once       end after the story; exit 0 if every check held (default: stay up for the page)
              --isolated   each function in JVMs of its own, under AWS's Java runtime interface client
              --members N  simulated people, 20 to 200000 (default 1000)
              --seed S     the same seed makes the same people and orders (default 20260508)
              --port N     of the page and the HTTP API; the three after it are AWS's (default 8700)
              --rows LIST  instead of the story, shows what the product promises row by row: what was
                           posted, what was sent, and what must not be sent and why; exit 0 if each held
              --purchase KIND  instead, replays the 75 days of a purchase: kept, repurchased, gift, bad-review,
                           silent, unpaid or refunded; a line a day: event, message, or why none
              --help       this text
            """;

    static final int FEWEST = 20;
    private static final int MOST = 200_000;
    private static final int LAST_PORT = 65_535;
    private static final Options DEFAULT =
            new Options(false, false, 1000, 20_260_508, 8700, false, List.of(), Optional.empty());

    /** The command line cannot be understood; the message says how to mend it. */
    static final class Mistaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mistaken(String message) {
            super(message);
        }
    }

    /**
     * Reads a command line.
     *
     * @throws Mistaken if it cannot be understood
     */
    static Options parse(String... args) {
        Options options = DEFAULT;
        Iterator<String> words = Arrays.asList(args).iterator();
        while (words.hasNext()) {
            String word = words.next();
            options =
                    switch (word) {
                        case "--isolated" -> options.inJvms();
                        case "--once" -> options.ending();
                        case "--help", "-h" -> options.asking();
                        case "--rows" -> options.showing(words.hasNext() ? words.next() : "");
                        case "--purchase" -> options.replaying(words.hasNext() ? words.next() : "");
                        case "--members" ->
                                options.with(
                                        (int) number(word, words, FEWEST, MOST),
                                        options.seed,
                                        options.port);
                        case "--seed" ->
                                options.with(
                                        options.members,
                                        number(word, words, 0, Integer.MAX_VALUE),
                                        options.port);
                        case "--port" ->
                                options.with(
                                        options.members,
                                        options.seed,
                                        (int) number(word, words, 0, LAST_PORT));
                        default ->
                                throw new Mistaken(
                                        "unknown option %s; --help lists them".formatted(word));
                    };
        }
        return options;
    }

    private Options inJvms() {
        return new Options(true, once, members, seed, port, help, rows, purchase);
    }

    private Options ending() {
        return new Options(isolated, true, members, seed, port, help, rows, purchase);
    }

    private Options asking() {
        return new Options(isolated, once, members, seed, port, true, rows, purchase);
    }

    private Options with(int newMembers, long newSeed, int newPort) {
        return new Options(isolated, once, newMembers, newSeed, newPort, help, rows, purchase);
    }

    private Options showing(String list) {
        List<String> wanted = list.equals("all") ? Rows.ids() : List.of(list.split(","));
        if (!Rows.ids().containsAll(wanted)) {
            throw new Mistaken(
                    "--rows wants all, or some of %s, with commas between, not \"%s\""
                            .formatted(String.join(",", Rows.ids()), list));
        }
        return new Options(isolated, true, members, seed, port, help, wanted, purchase);
    }

    private Options replaying(String kind) {
        if (!PurchaseReplay.kinds().contains(kind)) {
            throw new Mistaken(
                    "--purchase wants one of %s, not \"%s\""
                            .formatted(String.join(", ", PurchaseReplay.kinds()), kind));
        }
        return new Options(isolated, true, members, seed, port, help, rows, Optional.of(kind));
    }

    private static long number(String option, Iterator<String> words, long least, long most) {
        String word = words.hasNext() ? words.next() : "";
        try {
            long number = Long.parseLong(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Mistaken(wanted(option, least, most, word));
        }
        throw new Mistaken(wanted(option, least, most, word));
    }

    private static String wanted(String option, long least, long most, String word) {
        return "%s wants a whole number from %d to %d, not \"%s\""
                .formatted(option, least, most, word);
    }
}
