package example.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that values of a class are kept in JSON. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface StoredAsJson {}
