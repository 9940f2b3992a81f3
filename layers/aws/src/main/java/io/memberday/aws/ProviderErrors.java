package io.memberday.aws;

import io.memberday.message.Messenger.Answer;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * What an error of a provider call means for the message: refused for good, certainly not accepted
 * but worth another try, or nobody knows (P3). Only codes are kept: the texts quote addresses (P8).
 */
final class ProviderErrors {
    private static final int CLIENT_ERROR = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** Nothing is wrong with the message, and it passes: credentials are renewed. */
    private static final Set<String> PASSING =
            Set.of("EndpointDisabled", "LimitExceededException", "ExpiredToken", "RequestExpired");

    /**
     * The account may not send before somebody sees to it: paused, its domain not verified, not
     * subscribed, its month's money spent, or this function not allowed to. Those of SES's and of
     * AWS End User Messaging's newer calls are here, too: SNS passes some of them on.
     *
     * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html">SES</a>
     */
    private static final Set<String> HALTING =
            Set.of(
                    "AccountSendingPausedException",
                    "AccountSuspendedException",
                    "ConfigurationSetSendingPausedException",
                    "SendingPausedException",
                    "MailFromDomainNotVerifiedException",
                    "OptInRequired",
                    "AuthorizationError",
                    "AccessDenied",
                    "AccessDeniedException",
                    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT");

    /**
     * How the text of a {@code MessageRejected} begins where not the message is refused but the
     * account: in the sandbox everybody who is written to must be verified; and a sender must.
     */
    private static final List<String> UNVERIFIED =
            List.of("Email address is not verified", "Email address not verified");

    private ProviderErrors() {}

    static Answer answer(SdkException error) {
        if (error instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            String code = String.valueOf(refused.awsErrorDetails().errorCode());
            return unverified(code, String.valueOf(refused.awsErrorDetails().errorMessage()))
                    ? new Answer.Halted("NotVerified")
                    : answer(refused.statusCode(), code, refused.isThrottlingException());
        }
        return neverLeft(error)
                ? new Answer.Throttled("connection")
                : new Answer.Unknown("no-answer");
    }

    private static boolean unverified(String code, String text) {
        return code.startsWith("MessageRejected") && UNVERIFIED.stream().anyMatch(text::startsWith);
    }

    private static Answer answer(int status, String code, boolean throttled) {
        if (HALTING.contains(code)) {
            return new Answer.Halted(code);
        }
        if (throttled
                || status == TOO_MANY
                || status == UNAUTHORIZED
                || status == FORBIDDEN
                || code.startsWith("Throttl")
                || PASSING.contains(code)) {
            return new Answer.Throttled(code);
        }
        // A server that fails may do so after it accepted.
        return status >= CLIENT_ERROR && status < SERVER_ERROR
                ? new Answer.Failed(code)
                : new Answer.Unknown(code);
    }

    /** Whether the connection was not made, so that no request can have arrived. */
    private static boolean neverLeft(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SocketTimeoutException late
                            && "Connect timed out".equalsIgnoreCase(late.getMessage())) {
                return true;
            }
        }
        return false;
    }
}
