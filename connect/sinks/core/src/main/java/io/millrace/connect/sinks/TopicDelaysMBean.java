package io.millrace.connect.sinks;

/** What can be read of the delays of a topic. Both lists have the same length; classes without a change are left out. */
public interface TopicDelaysMBean {
    /** Returns the upper bounds of the classes in milliseconds, ascending. */
    long[] getUpperMillis();

    /** Returns the number of changes in each class since the task began. */
    long[] getCounts();
}
