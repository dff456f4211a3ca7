#!/usr/bin/env bash
# Check a bundle with nothing but standard tools: sha256sum, jq, python3, openssl, ssh-keygen.
# Run it inside the unpacked bundle. README.md tells what each step shows. Status 0: all of it holds;
# 1: something is wrong; 2: nothing is wrong, but not everything could be checked.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong() { printf 'WRONG: %s\n' "$*"; exit 1; }
status=0
unchecked() { printf 'NOT CHECKED: %s\n' "$*"; status=2; }

# 1. The files are those listed, all of them and no others.
if [ -n "$(find . ! -type f ! -type d)" ]; then wrong "the bundle holds links or devices"; fi
find . -type f ! -path ./SHA256SUMS -printf '%P\n' | LC_ALL=C sort | tr '\n' '\0' |
    xargs -0 sha256sum > "$work/sums"
cmp -s "$work/sums" SHA256SUMS || {
    diff "$work/sums" SHA256SUMS || true
    wrong "SHA256SUMS does not list these files"
}
printf 'SHA256SUMS: %s files as listed; its own SHA-256 is %s\n' \
    "$(wc -l < SHA256SUMS)" "$(sha256sum < SHA256SUMS | cut -d ' ' -f 1)"

# 2. The lines of the register are in canonical form.
if command -v jq > /dev/null; then
    jq -cS . register.jsonl | cmp -s - register.jsonl || wrong "register.jsonl is not in canonical form"
    echo "register.jsonl: in canonical form"
else
    unchecked "the canonical form, for want of jq"
fi

# 3. The chain, the roots of the checkpoints, evidence, rubrics and reports.
python3 -I verify.py

# 4. The signatures on the checkpoints, each with the public key that its line names.
for checkpoint in checkpoints/*.checkpoint; do
    lines=0
    while read -r dash name value; do
        [ "$dash" = "—" ] || continue
        lines=$((lines + 1))
        base64 -d <<< "$value" > "$work/signature" && [ "$(base64 -w 0 "$work/signature")" = "$value" ] ||
            wrong "$checkpoint: a signature is not in base64"
        id=$(head -c 4 "$work/signature" | od -An -tx1 | tr -d ' \n')
        if [ ! -f "keys/$id.vkey" ]; then
            unchecked "$checkpoint is signed by $name, key $id, which is not here"
            continue
        fi
        [[ $(< "keys/$id.vkey") = "$name+$id+"* ]] || wrong "keys/$id.vkey is not the key of $name"
        if ! command -v openssl > /dev/null; then
            unchecked "the signature by $name, for want of openssl"
            continue
        fi
        tail -c +5 "$work/signature" > "$work/raw"
        # A raw Ed25519 key becomes one that openssl reads by a fixed beginning (RFC 8410).
        { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'
          cut -d + -f 3- "keys/$id.vkey" | base64 -d | tail -c 32; } > "$work/key.der" ||
            wrong "keys/$id.vkey is no key"
        sed '/^$/,$d' "$checkpoint" > "$work/text"
        openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin \
            -in "$work/text" -sigfile "$work/raw" > "$work/said" 2>&1 ||
            wrong "$checkpoint: the signature by $name, key $id, does not hold"
        echo "$checkpoint: signed by $name, key $id"
    done < "$checkpoint"
    if [ "$lines" -eq 0 ]; then echo "$checkpoint: bears no signature"; fi

    # 5. A second signature, and a time stamp, where somebody added one.
    if [ -f "$checkpoint.sig" ] && [ -f keys/allowed_signers ]; then
        if command -v ssh-keygen > /dev/null; then
            ssh-keygen -Y find-principals -s "$checkpoint.sig" -f keys/allowed_signers > "$work/signers" 2> "$work/said" ||
                wrong "$checkpoint.sig is by nobody in keys/allowed_signers"
            signer=$(sed -n '1s/,.*//;1p' "$work/signers")
            ssh-keygen -Y verify -f keys/allowed_signers -I "$signer" -n measures-checkpoint \
                -s "$checkpoint.sig" < "$checkpoint" > "$work/said" 2>&1 ||
                wrong "$checkpoint.sig does not hold"
            echo "$checkpoint: signed by $signer with ssh-keygen"
        else
            unchecked "$checkpoint.sig, for want of ssh-keygen"
        fi
    fi
    if [ -f "$checkpoint.tsr" ] && [ -f keys/tsa.pem ]; then
        command -v openssl > /dev/null || wrong "openssl is needed for $checkpoint.tsr"
        openssl ts -verify -in "$checkpoint.tsr" -data "$checkpoint" -CAfile keys/tsa.pem \
            > "$work/said" 2>&1 || wrong "$checkpoint.tsr does not hold"
        echo "$checkpoint: time stamp holds"
    fi
done
[ "$status" -eq 0 ] || { echo "The rest is as it says."; exit "$status"; }
echo "All of it is as it says. Compare the head and the keys with what you were given on another way."
