package io.memberday.local;

/**
 * The ports of one local stack, all on 127.0.0.1; 0 is any that is free.
 *
 * @param api the HTTP API and the page
 * @param aws the AWS endpoint
 * @param dynamoDb DynamoDB Local
 * @param s3 the S3 server
 */
public record Ports(int api, int aws, int dynamoDb, int s3) {
    /** Whichever ports are free. */
    public static final Ports ANY = new Ports(0, 0, 0, 0);

    /** Four ports in a row, as ./local/run gives them to functions. */
    public static Ports from(int base) {
        return new Ports(base, base + 1, base + 2, base + 3);
    }
}
