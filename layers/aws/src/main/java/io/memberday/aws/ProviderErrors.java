package io.memberday.aws;

import io.memberday.message.Messenger.Answer;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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

    /** The account may not send for now: nothing is wrong with the message. */
    private static final Set<String> ACCOUNT =
            Set.of(
                    "AccountSendingPausedException",
                    "ConfigurationSetSendingPausedException",
                    "MailFromDomainNotVerifiedException",
                    "EndpointDisabled",
                    "OptInRequired",
                    "LimitExceededException",
                    "ExpiredToken",
                    "RequestExpired");

    private ProviderErrors() {}

    static Answer answer(SdkException error) {
        if (error instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return answer(
                    refused.statusCode(),
                    String.valueOf(refused.awsErrorDetails().errorCode()),
                    refused.isThrottlingException());
        }
        return neverLeft(error)
                ? new Answer.Throttled("connection")
                : new Answer.Unknown("no-answer");
    }

    private static Answer answer(int status, String code, boolean throttled) {
        if (throttled
                || status == TOO_MANY
                || status == UNAUTHORIZED
                || status == FORBIDDEN
                || code.startsWith("Throttl")
                || ACCOUNT.contains(code)) {
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
