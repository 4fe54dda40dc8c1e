/**
 * Groups of consumers: who reads the topics of a service and how far they are.
 *
 * <p>Groups are Kafka's, and no service owns one, but for those of destinations. A service sees of a group what it reads of the
 * service's own topics, and nothing of a group that reads none of them. Lists are answered from one look at all groups,
 * which is at most some seconds old; a single group is always looked at anew.
 */
@NullMarked
package io.millrace.consumergroup;

import org.jspecify.annotations.NullMarked;
