/** Files from mirrors on the web: taken up where they broke off, checked, whole or not there. */
package io.tombola.training.data.fetch;
