package io.millrace.demo;

/** Where the shop's database is and how to log in. */
record ShopAddress(String host, int port, String database, String user, String password) {
    /** Returns the address without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
