/**
 * Verification: proves that the tables of a pipeline's destination are equal to those of its source.
 *
 * <p>A verification is a report that is kept from the moment it begins, so that whoever asks sees how far it is, and one
 * that the process did not live to finish says so after the next start. The comparison itself is in {@code
 * io.millrace.database.compare} and knows nothing of pipelines; here is decided what is compared with what:
 *
 * <pre>
 * pipeline -> its topics -> table at the source, table at the destination   (Landing)
 *          -> columns that both have, key of the source                     (TablePair)
 *          -> one TableComparison after the other                           (VerificationRun)
 * </pre>
 */
@NullMarked
package io.millrace.pipeline.verify;

import org.jspecify.annotations.NullMarked;
