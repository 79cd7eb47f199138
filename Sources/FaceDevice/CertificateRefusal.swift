// SPDX-License-Identifier: Apache-2.0
import FaceTransport

/// Why a certificate was refused and what can be done about it, for a person.
struct CertificateRefusal {
    /// The device's name in the configuration.
    let device: String
    /// The host of the device's url.
    let host: String
    let trust: DeviceSettings.Trust
    /// What libcurl said.
    let words: String
    /// The certificate, where the device showed it.
    let shown: ServerCertificate?
    /// This machine's time, in seconds since 1970 UTC.
    let now: Int

    private enum Cause {
        case notYetValid, expired, otherHost, selfSigned, unknownAuthority, noAuthorities, other

        /// Reads OpenSSL's and libcurl's words.
        init(_ words: String) {
            let signs: [(String, Cause)] = [
                ("not yet valid", .notYetValid), ("expired", .expired), ("subject name", .otherHost),
                ("host name", .otherHost), ("in certificate chain", .unknownAuthority), ("self-signed", .selfSigned),
                ("self signed", .selfSigned), ("issuer", .unknownAuthority), ("first certificate", .unknownAuthority),
                ("certificate file", .noAuthorities),
            ]
            let words = words.lowercased()
            self = signs.first { words.contains($0.0) }?.1 ?? .other
        }
    }

    /// What follows "the certificate of device hq at https://…"; no full stop.
    var sentence: String {
        if case .pin(let pin) = trust {
            return
                "is not the one that is pinned: its key is \(shown?.pin ?? "unknown"), the pin is \(pin); either the "
                + "device was given a new one, or somebody in between pretends to be it: \(pinning) --replace"
        }
        let cause = Cause(words)
        guard cause != .other else { return "is not trusted: \(words); \(wayToPin)" }
        return "\(fault(cause))\(wayToPin) (\(words))"
    }

    /// What is wrong with it, and what can be done instead of pinning it.
    private func fault(_ cause: Cause) -> String {
        switch cause {
        case .notYetValid: "\(notYetValid), or "
        case .expired: "\(expired), or "
        case .otherHost: "is for \(names), not for \(host): write in the url of \(device) a name that it is for, or "
        case .selfSigned:
            authoritiesFile.map { "is self-signed and not in \($0): name in ca_file the file that holds it, or " }
                ?? "is self-signed, so that nobody vouches for it: "
        case .unknownAuthority:
            authoritiesFile.map {
                "was signed by \(issuer), which is not in \($0): name the right file in ca_file, or "
            }
                ?? "was signed by \(issuer), which this computer does not know: "
        case .noAuthorities:
            "cannot be verified, since this computer has no file of authorities: install the package ca-certificates, or "
        case .other: ""
        }
    }

    private var notYetValid: String {
        let from = shown.flatMap { CertificateTime($0.validFrom) }
        guard let from, from.seconds > now else {
            return "was signed by an authority whose own certificate is not valid yet: is this computer's clock right, "
                + "which shows \(clock)? Set it"
        }
        return
            "is not valid before \(from): is this computer's clock right, which shows \(clock)? Set it or the device's, "
            + "whichever is wrong"
    }

    private var expired: String {
        let until = shown.flatMap { CertificateTime($0.validUntil) }
        guard let until, until.seconds <= now else {
            return "was signed by an authority whose own certificate has expired: \(renewal), see that this computer's "
                + "clock is right, which shows \(clock)"
        }
        return "expired on \(until): give the device a new one, see that this computer's clock is right, which shows "
            + clock
    }

    /// How an authority's certificate is replaced.
    private var renewal: String {
        authoritiesFile.map { "put its new one into \($0)" } ?? "bring this computer's authorities up to date"
    }

    private var clock: String { CertificateTime(seconds: now).description }

    private var issuer: String { shown.map(\.issuer).flatMap { $0.isEmpty ? nil : $0 } ?? "somebody" }

    /// Whom it is for.
    private var names: String {
        guard let shown else { return "another host" }
        let names = shown.names.isEmpty ? [shown.subject] : shown.names
        let most = 3
        return names.prefix(most).joined(separator: ", ")
            + (names.count > most ? " and \(names.count - most) more" : "")
    }

    private var authoritiesFile: String? { if case .authorities(let file) = trust { file } else { nil } }

    private var pinning: String { "compare it on the device, then run facelib device trust \(device)" }

    /// What makes a pin the way of verifying.
    private var wayToPin: String {
        authoritiesFile == nil ? pinning : "take the line ca_file out of the configuration, \(pinning)"
    }
}
