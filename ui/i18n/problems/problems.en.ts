import type { ProblemTexts } from "./types";

export const problemsEn: ProblemTexts = {
  address_invalid: {
    title: "This address cannot be used.",
    meaning: "The address of the system administrators’ site is needed, starting with http:// or https://.",
    action: "Paste the address of the administration page from your browser. What is not needed is cut off.",
  },
  name_not_resolved: {
    title: "The host name was not found.",
    meaning: "This computer’s DNS gave no address for the name.",
    action: "Check the spelling, and your VPN or company network.",
  },
  connection_refused: {
    title: "The connection was refused.",
    meaning: "The host was reached, but nothing listens on this port.",
    action: "Check the port number and whether the web server is running.",
  },
  unreachable: {
    title: "The host cannot be reached.",
    meaning: "There is no route, or the connection was closed before an answer. The platform’s state is not known.",
    action: "Check the network. Reading resumes by itself once the host can be reached.",
  },
  timed_out: {
    title: "No answer in time.",
    meaning: "The answer did not come, or stopped half-way. The platform’s state is not known.",
    action: "It is tried again automatically. If it goes on, check the platform’s load and logs.",
  },
  cancelled: {
    title: "Cancelled.",
    meaning: "You cancelled it, or the connection was changed.",
    action: "Run it again if you need it.",
  },
  certificate_untrusted: {
    title: "The server’s certificate is not trusted.",
    meaning: "No password has been sent. Nothing is sent until you have checked the fingerprint.",
    action: "Ask the server’s administrator for the fingerprint; if it is right, pin it for this connection only.",
  },
  certificate_changed: {
    title: "The server’s certificate has changed.",
    meaning:
      "It is not the pinned one, so everything was stopped and no password was sent. It was renewed, or someone is impersonating the server.",
    action: "Ask whoever renewed the certificate for the new fingerprint. Do not connect until it is confirmed.",
  },
  tls_failed: {
    title: "TLS could not be established.",
    meaning: "The version or cipher does not match, or the port does not speak TLS.",
    action: "Check whether the address is http:// or https://, and the server’s TLS settings.",
  },
  plain_http: {
    title: "The connection is not encrypted.",
    meaning: "Over http:// everybody on the way can read the password.",
    action: "Use an https:// address if the platform offers one.",
  },
  wrong_site: {
    title: "This is not the system administrators’ site.",
    meaning: "It is the organization users’ site, or the path is wrong. It is not a missing permission.",
    action: "Use the administrators’ address: port 81, not 80, in the standard setup.",
  },
  redirected: {
    title: "The server redirected somewhere else.",
    meaning: "Redirects are not followed, so that your password never goes elsewhere.",
    action: "If the target is the right address, make a connection with that address.",
  },
  not_the_api: {
    title: "This is not an answer of the Exastro API.",
    meaning: "A proxy, a sign-in page or another server may have answered.",
    action: "Check the address and any proxy in between.",
  },
  login_refused: {
    title: "The login was refused.",
    meaning:
      "The user name or password is wrong, or the user is disabled or locked. All requests were stopped so that the account does not get locked.",
    action: "Enter the password again. It is tried exactly once.",
  },
  password_needed: {
    title: "A password is needed.",
    meaning: "The password of this connection is not at hand.",
    action: "Enter the password.",
  },
  platform_error: {
    title: "The platform had an internal error.",
    meaning: "The identity server, the database or ITA may be down. The state is not known.",
    action: "It is tried again automatically. If it goes on, check the platform’s logs.",
  },
  gateway_error: {
    title: "The web server in front returned an error.",
    meaning: "The platform itself was not reached; it may be restarting. The state is not known.",
    action: "It is tried again automatically. If it goes on, check the proxy and whether the platform is up.",
  },
  too_many_requests: {
    title: "The server asked to wait.",
    meaning: "Reading resumes after the time it named.",
    action: "Just wait.",
  },
  refused_by_platform: {
    title: "The platform refused the request.",
    meaning: "The request was not carried out. The reason is in the details.",
    action: "Read the message in the details.",
  },
  refused_read_only: {
    title: "Refused because read-only mode is on.",
    meaning: "While read-only mode is on, no update is accepted.",
    action: "If you need it, switch read-only mode off first.",
  },
  error_in_disguise: {
    title: "The “success” was an error inside.",
    meaning: "This happens when the database of some workspace is broken. It does not mean zero.",
    action: "Do not go on to read-only. Check the logs of ITA’s administration service.",
  },
  incomplete_answer: {
    title: "The answer lacks necessary parts.",
    meaning: "A value that must be there is missing, so the state is not known. It does not mean zero.",
    action: "It is tried again automatically. If it goes on, check the platform’s version and logs.",
  },
  unreadable_answer: {
    title: "The answer cannot be read.",
    meaning: "It was cut off, or is not JSON. The state is not known.",
    action: "It is tried again automatically. If it goes on, check any proxy in between.",
  },
  answer_too_large: {
    title: "The answer is too large.",
    meaning: "Reading stopped at the limit. The state is not known.",
    action: "Check whether one of the workspaces holds a huge number of jobs.",
  },
  count_mismatch: {
    title: "The reported count and the listed jobs disagree.",
    meaning: "A job may be missing in the list, or in the count. The larger figure is taken.",
    action: "Look at the list before you go on to read-only.",
  },
  clocks_differ: {
    title: "The clocks of the platform and of this computer are minutes apart.",
    meaning: "The times in the platform’s logs and in the records kept here differ by as much.",
    action: "Set the clock that is wrong.",
  },
  zone_contradicted: {
    title: "The time zone that is set does not fit the times of the jobs.",
    meaning: "Until it does, no time of a last update and no time since it can be shown.",
    action: "Set the zone in which the platform’s containers run, or choose automatic.",
  },
  flag_missing: {
    title: "The answer does not hold the mode’s value.",
    meaning: "A row may be missing in the platform’s settings table. It is neither on nor off, but unknown.",
    action: "Have the platform’s administrator check the table of the maintenance mode setting.",
  },
  keyring_unavailable: {
    title: "The system keyring cannot be reached.",
    meaning: "The password cannot be stored. It is never written anywhere else.",
    action: "Start the keyring service and retry, or choose “this session only”.",
  },
  keyring_locked: {
    title: "The system keyring is locked.",
    meaning: "It was not unlocked.",
    action: "Unlock the keyring and retry, or choose “this session only”.",
  },
  keyring_timed_out: {
    title: "The system keyring does not answer.",
    meaning: "Its prompt may be hidden, or the service hangs.",
    action: "Look for the prompt, answer it and retry.",
  },
  secret_too_long: {
    title: "The password is too long to be stored.",
    meaning: "A keyring takes at most 1,280 characters.",
    action: "Choose “this session only” or “ask each time”.",
  },
  lock_closed: {
    title: "The lock is closed.",
    meaning: "In this environment nothing can be switched until the lock is opened. Nothing has changed.",
    action: "Open the lock at the top of the window and try again.",
  },
  confirmation_needed: {
    title: "The confirmation is incomplete.",
    meaning: "It was not agreed to, or the typed name differs. Nothing has changed.",
    action: "Read what will happen and type the name exactly.",
  },
  outcome_unknown: {
    title: "The outcome of the switch is unknown.",
    meaning: "The request was sent, but no answer confirms it. It may or may not have switched.",
    action: "Wait for the new read to appear, then decide.",
  },
  switch_without_effect: {
    title: "Accepted, but not switched.",
    meaning:
      "The platform said success, but the value read back is the old one. This happens when a row is missing in its settings table.",
    action: "Have the platform’s administrator check the table of the maintenance mode setting.",
  },
  switch_in_progress: {
    title: "Another switch is on its way.",
    meaning: "Only one switch at a time.",
    action: "Wait until it has ended.",
  },
  driven_elsewhere: {
    title: "Another program on this workstation drives the procedure of this connection.",
    meaning: "It is itamctl, or another window. Nothing was sent from here.",
    action: "Go on there, or wait until it has ended and then choose “Take over here”.",
  },
  procedure_under_way: {
    title: "The procedure of this connection is under way on another address.",
    meaning:
      "A procedure belongs to the address where it was begun, and modes may be on there. Nothing was changed, and nothing was switched.",
    action:
      "End or abort it first, with the connection at that address. You can add the other address as a connection of its own.",
  },
  other_program_silent: {
    title: "Another ITA Maintenance is running but does not answer.",
    meaning: "This window was opened beside it. Saved connections are safe, whichever of the two changes them.",
    action: "Close the other window. If it does not react, end its process; the details name it.",
  },
  settings_damaged: {
    title: "The settings file could not be read.",
    meaning: "The damaged file was kept aside; the last good content or the defaults are in use.",
    action: "Check your list of connections.",
  },
  settings_newer: {
    title: "A file is from a newer version of this program.",
    meaning: "It stays as it is so that nothing is lost. Changes are not saved.",
    action: "Use the newer version of this program.",
  },
  file_not_written: {
    title: "The file could not be written.",
    meaning: "A file that was there before is unchanged.",
    action: "Check that the folder is there, free space, permissions, and whether another program has the file open.",
  },
  import_refused: {
    title: "The file of connections cannot be imported.",
    meaning: "It is not such a file, is damaged, or holds a value that cannot be used. Nothing was saved.",
    action: "The details name the place in the file. Ask for a new export.",
  },
  nothing_to_export: {
    title: "There is nothing to export.",
    meaning: "The list of jobs is not known. What is unknown is not exported.",
    action: "Try again once the list has been read.",
  },
  no_procedure: {
    title: "There is no procedure to tell of.",
    meaning: "No maintenance procedure was begun with this connection.",
    action: "Begin a procedure, then try again.",
  },
  not_connected: {
    title: "Not connected.",
    meaning: "This needs an open connection.",
    action: "Choose a connection.",
  },
  bad_argument: {
    title: "This value cannot be used.",
    meaning: "Nothing was done with it. The details say which value it is.",
    action: "Correct the value and try again.",
  },
  internal: {
    title: "This is a defect of the program.",
    meaning: "Something unexpected happened. Look at the state as it is read again to see whether anything was sent.",
    action: "Please report it together with the details.",
  },
};
