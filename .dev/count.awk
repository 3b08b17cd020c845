# Adds up the tests that cargo, unittest, Node and Playwright say they ran.
/^test result: / {
  for (i = 2; i <= NF; i++) {
    if ($i ~ /^passed;/) passed += $(i - 1)
    if ($i ~ /^failed;/) failed += $(i - 1)
  }
}
/^Ran [0-9]+ tests? in / { passed += $2 }
/^FAILED \(/ {
  gsub(/[^0-9]+/, " ")
  for (i = 1; i <= NF; i++) { failed += $i; passed -= $i }
}
/^# pass [0-9]+$/ { passed += $3 }
/^# fail [0-9]+$/ { failed += $3 }
/^  [0-9]+ passed( \(.*\))?$/ { passed += $1 }
/^  [0-9]+ flaky$/ { passed += $1 }
/^  [0-9]+ failed$/ { failed += $1 }
END { printf "%d passed, %d failed\n", passed, failed }
