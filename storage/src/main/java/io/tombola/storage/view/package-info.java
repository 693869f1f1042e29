/**
 * Read models of a store: campaigns as their events describe them, results as CSV and JSON, and a
 * verification of the whole store.
 */
package io.tombola.storage.view;
