package io.millrace.objectstore;

/** How settings are called where a bucket is configured, so that a message can say what to correct. */
public record S3Names(String id, String secret, String region, String bucket) {
    /** The names of the sink of files. */
    public static final S3Names FILES =
            new S3Names("aws.access.key.id", "aws.secret.access.key", "aws.s3.region", "aws.s3.bucket.name");
}
