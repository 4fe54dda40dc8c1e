/**
 * The sink of files in an object store.
 *
 * <p>Records are gathered in files on the local disk, one for each partition of a topic and form of its rows, and each file
 * is put into the store as one object when it has enough rows or bytes, or is old enough. Readers see whole files only.
 *
 * <p>Nothing is lost: a position is committed when everything before it is in the store, so that a task that was killed reads
 * again from the first record of the files it was making. What can appear twice: an object is named by the first record in it,
 * so the file that is made again takes the place of the one that was put but not committed. It has the same rows if rows or
 * bytes ended it; if time did, it may be longer than before, and where another had been put behind it, the rows at its end are
 * there too. The sink asks for a commit after each object, so that this takes a kill within the same second.
 *
 * <p>Files tell what happened, not what is: a row that was deleted is written once more, with {@code __deleted} true, if the
 * destination rewrites deletes; a truncation is not written.
 */
@NullMarked
package io.millrace.connect.sinks.files;

import org.jspecify.annotations.NullMarked;
