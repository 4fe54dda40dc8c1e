package io.millrace.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter that is read from the JSON body: a record, or {@code JsonNode} for a body of any shape. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FromBody {
    /** Whether an absent or null body is refused; otherwise it counts as {@code {}}. */
    boolean required() default true;
}
