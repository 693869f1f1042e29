/** Numbers, durations, bars and tables as plain text, formatted the same way in every locale. */
package io.tombola.deploy.text;
