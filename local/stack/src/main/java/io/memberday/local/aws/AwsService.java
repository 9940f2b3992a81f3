package io.memberday.local.aws;

/** One of AWS's services, in as much of it as functions call. */
public interface AwsService {
    /** The name that calls to it are signed for. */
    String signingName();

    /** Whether calls and answers are JSON; otherwise they are a form and XML. */
    boolean speaksJson();

    /**
     * Answers a call.
     *
     * @return the answer's body: JSON, or the XML inside the action's result
     * @throws AwsError as AWS would refuse it
     */
    String answer(AwsCall call);
}
