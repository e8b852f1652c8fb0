import type { ReasonTexts } from "./types";

export const reasonsEn: ReasonTexts = {
  name: {
    meaning: "The connection’s name is empty, too long, or holds control characters.",
    action: "Edit the connection and give it another name.",
  },
  name_taken: {
    meaning: "Another connection has this name already.",
    action: "Choose another name.",
  },
  user: {
    meaning: "The user name is empty, too long, or holds characters that cannot be used.",
    action: "Edit the connection and check the user name.",
  },
  user_colon: {
    meaning: "A user name cannot hold “:”, which the platform takes as a separator.",
    action: "Edit the connection and check the user name.",
  },
  password_colon: {
    meaning: "Under Basic login the platform cuts a password at its colon.",
    action: "Edit the connection and choose to log in by token, or use a password without a colon.",
  },
  password_empty: {
    meaning: "The password is empty.",
    action: "Enter the password.",
  },
  password_line: {
    meaning: "A password is one line, and this one holds a line break or a NUL character.",
    action: "Enter the password again.",
  },
  tls_version: {
    meaning: "The server speaks nothing newer than TLS 1.1, which is not safe and is not used.",
    action: "Ask the server’s administrator to allow TLS 1.2 or 1.3.",
  },
  poll_seconds: {
    meaning: "The time between checks is outside its limits.",
    action: "Edit the connection and correct it.",
  },
  zone: {
    meaning: "There is no time zone of this name.",
    action: "Edit the connection: a name such as Asia/Tokyo is needed, or choose automatic.",
  },
  pin: {
    meaning: "The fingerprint to pin is not a SHA-256.",
    action: "Paste a fingerprint of 64 hexadecimal digits, with or without colons and blanks.",
  },
  fingerprint: {
    meaning: "The pinned fingerprint is not a SHA-256.",
    action: "Edit the connection and paste a fingerprint of 64 hexadecimal digits.",
  },
  not_https: {
    meaning: "An http address has no certificate to check.",
    action: "Use an address that starts with https://.",
  },
  proxy: {
    meaning: "The proxy’s address cannot be used.",
    action: "Edit the connection; the address looks like http://proxy.example.com:8080.",
  },
  ca_file: {
    meaning: "The CA file cannot be read, or holds no certificate.",
    action: "Edit the connection and choose a file in PEM format. The details say what is wrong with this one.",
  },
  "filter.text": {
    meaning: "The text to filter by is too long; 1,000 characters is the limit.",
    action: "Shorten it.",
  },
  start_at: {
    meaning: "The time of the start is over. Nothing was begun.",
    action: "Choose a time that is still to come, or start now.",
  },
  give_up_at: {
    meaning: "The wait would have ended already, or before the start. Nothing was begun.",
    action: "Choose a time after the start, or none.",
  },
  connection: {
    meaning: "This connection is not saved any more.",
    action: "Choose a connection from the list again.",
  },
};
