package io.memberday.local.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One route of an HTTP API.
 *
 * @param method such as {@code POST}, or {@code ANY}
 * @param path such as {@code /webhooks/{source}}; a last part {@code {proxy+}} takes all that
 *     follows
 * @param signed whether it is for callers whom the IAM authorizer lets in only
 */
public record Route(String method, String path, boolean signed) {
    /** As events name it. */
    public String key() {
        return method + " " + path;
    }

    /**
     * The path's parameters, if a request is this route's.
     *
     * @param requested as it came, still encoded
     */
    Optional<Map<String, String>> match(String requestMethod, String requested) {
        if (!method.equals("ANY") && !method.equals(requestMethod)) {
            return Optional.empty();
        }
        List<String> wanted = parts(path);
        List<String> given = parts(requested);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String part = wanted.get(i);
            if (i >= given.size()) {
                return Optional.empty();
            }
            if (part.endsWith("+}")) {
                parameters.put(
                        part.substring(1, part.length() - 2),
                        decode(String.join("/", given.subList(i, given.size()))));
                return Optional.of(parameters);
            }
            if (part.startsWith("{") && !given.get(i).isEmpty()) {
                parameters.put(part.substring(1, part.length() - 1), decode(given.get(i)));
            } else if (!part.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return wanted.size() == given.size() ? Optional.of(parameters) : Optional.empty();
    }

    /** A route with fewer variables is the closer match, and then one that names its method. */
    int closeness() {
        long variables = parts(path).stream().filter(part -> part.startsWith("{")).count();
        boolean greedy = path.endsWith("+}");
        return (int) -variables * 4 - (greedy ? 2 : 0) - (method.equals("ANY") ? 1 : 0);
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1));
    }

    private static String decode(String part) {
        // In a path a plus sign is a plus sign.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
