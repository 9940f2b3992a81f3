package io.memberday.local.shop;

import io.memberday.calendar.CampaignCalendar;
import io.memberday.local.LocalStack;
import io.memberday.local.Ports;
import io.memberday.local.engine.Repository;
import io.memberday.local.page.LocalPage;
import io.memberday.local.page.PageClock;
import io.memberday.local.page.PageSources;
import io.memberday.local.row.PurchaseReplay;
import io.memberday.local.row.Rows;
import io.memberday.local.runtime.FunctionLogs;
import io.memberday.local.runtime.Isolation;
import io.memberday.local.storefront.Storefronts;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code ./local/run}: the whole system on this machine, with a simulated shop. */
public final class LocalRun {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int MISTAKEN = 2;

    private LocalRun() {}

    /** Runs, and ends with 0 if every check held, 1 if not, 2 if the command line is wrong. */
    public static void main(String... args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean terminal = System.console() != null && System.console().isTerminal();
        System.exit(run(new Console(out, terminal), args));
    }

    private static int run(Console console, String... args) throws InterruptedException {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                console.say(Options.HELP);
                return GOOD;
            }
            return run(console, options);
        } catch (Options.Mistaken mistaken) {
            console.say(mistaken.getMessage());
            return MISTAKEN;
        }
    }

    private static int run(Console console, Options options) throws InterruptedException {
        long begun = System.nanoTime();
        Path data = LocalStack.dataOf(options.port());
        Playbook playbook = Playbooks.load();
        console.say(
                "memberday on this machine: %s, %s"
                        .formatted(playbook.store().name(), title(options)));
        Console.Stage starting = console.begin("The system of template.yaml starts", 0);
        LocalStack started;
        try {
            started = LocalStack.start(settings(options, data));
        } catch (IllegalStateException refused) {
            // It says how to mend it, such as a port in use.
            console.say("  ✗ " + refused.getMessage());
            return BAD;
        }
        try (LocalStack stack = started) {
            stack.setPage(page(stack, playbook));
            stack.stopFor(new CampaignCalendar(playbook)::next);
            starting.end(
                    options.isolated()
                            ? "%s, functions in JVMs of their own, logs in %s"
                                    .formatted(stack.api(), data.resolve("logs"))
                            : stack.api().toString());
            int code = play(console, options, stack, playbook, data, begun);
            if (!options.once()) {
                stack.keepTime();
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(stack::close, "end the local stack"));
                console.say("  Page:  %s  (Ctrl+C ends)".formatted(stack.api()));
                new CountDownLatch(1).await();
            }
            return code;
        } catch (RuntimeException e) {
            // Threads of the stack would keep this process alive after an exception of its own.
            LOG.error("the main job broke off", e);
            console.say("  ✗ " + e.getMessage());
            return BAD;
        }
    }

    private static String title(Options options) {
        if (options.purchase().isPresent()) {
            return "a purchase, day by day";
        }
        return options.rows().isEmpty()
                ? "%s simulated people, seed %d"
                        .formatted(Console.count(options.members()), options.seed())
                : "row by row";
    }

    private static int play(
            Console console,
            Options options,
            LocalStack stack,
            Playbook playbook,
            Path data,
            long begun) {
        if (options.purchase().isPresent()) {
            boolean held =
                    new PurchaseReplay(stack, playbook, console::say)
                            .tell(options.purchase().get(), PurchaseReplay.DAYS);
            return held ? GOOD : BAD;
        }
        return options.rows().isEmpty()
                ? tell(console, options, stack, playbook, data.resolve("files"), begun)
                : show(console, options.rows(), stack, playbook, begun);
    }

    private static LocalStack.Settings settings(Options options, Path data) {
        LocalStack.Settings settings =
                new LocalStack.Settings(
                        Repository.template(),
                        Repository.root(),
                        data,
                        options.port() == 0 ? Ports.ANY : Ports.from(options.port()));
        return options.isolated()
                ? settings.with(Isolation.plain(new FunctionLogs(data.resolve("logs"))))
                : settings;
    }

    /** The page of a stack. */
    static LocalPage page(LocalStack stack, Playbook playbook) {
        PageClock clock =
                new PageClock() {
                    @Override
                    public Instant now() {
                        return stack.clock().instant();
                    }

                    @Override
                    public void moveTo(Instant target) {
                        stack.travel().moveTo(target);
                        stack.settle();
                    }
                };
        return new LocalPage(
                new PageSources(
                        stack.dynamoDb(),
                        stack.s3(),
                        stack::name,
                        () -> stack.outbox().all(),
                        clock,
                        playbook));
    }

    /** The product's rows, one by one. */
    private static int show(
            Console console, List<String> ids, LocalStack stack, Playbook playbook, long begun) {
        List<String> failed = new Rows(stack, playbook, console::say).tell(ids);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        console.say("");
        console.say(
                failed.isEmpty()
                        ? "  All %d rows held; %d s in all.".formatted(ids.size(), took.toSeconds())
                        : "  %d of %d rows FAILED: %s; %d s in all."
                                .formatted(
                                        failed.size(),
                                        ids.size(),
                                        String.join(", ", failed),
                                        took.toSeconds()));
        return failed.isEmpty() ? GOOD : BAD;
    }

    private static int tell(
            Console console,
            Options options,
            LocalStack stack,
            Playbook playbook,
            Path files,
            long begun) {
        Checks checks = new Checks(console);
        Shop shop = new Shop(stack, playbook, console, checks, options);
        try {
            new Story(shop).tell(files);
        } catch (Storefronts.Refused refused) {
            checks.that(false, "every webhook is taken", refused.getMessage());
        } finally {
            shop.close();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        console.say(
                checks.failed().isEmpty()
                        ? "  All %s checks held; %d s in all."
                                .formatted(Console.count(checks.held()), took.toSeconds())
                        : "  %d CHECKS FAILED, %s held; %d s in all."
                                .formatted(
                                        checks.failed().size(),
                                        Console.count(checks.held()),
                                        took.toSeconds()));
        return checks.failed().isEmpty() ? GOOD : BAD;
    }
}
