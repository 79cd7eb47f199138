// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceModel

/// Looks at everything about a device that could endanger a job, changing nothing.
struct DeviceExamination {
    /// What was found so far.
    private(set) var findings: [DeviceFinding] = []
    /// The status that the worst finding asks for.
    private(set) var status = ExitStatus.success

    private let device: DeviceConfiguration
    /// The time of day, in seconds since 1970 UTC.
    private let now: @Sendable () -> Int

    /// Examines a device from first to last; what cannot be asked is a finding too.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - invocation: The surroundings.
    ///   - logsInAgain: Whether a password that failed is sent once more.
    /// - Returns: The examination with its findings.
    /// - Throws: `CancellationError` only.
    static func of(
        _ device: DeviceConfiguration,
        _ invocation: Invocation,
        logsInAgain: Bool
    ) async throws -> Self {
        var examination = Self(device: device, now: invocation.context.now)
        do {
            let start = examination
            examination = try await invocation.withDevice(device, isAwaited: true, logsInAgain: logsInAgain) { opened in
                var examination = start
                try await examination.examine(opened)
                return examination
            }
        } catch let error as DeviceError {
            examination.fail(error)
        } catch let error as CommandError {
            examination.add(.settings, .fail, error.message)
            examination.status = error.exitStatus
        }
        return examination
    }

    private init(device: DeviceConfiguration, now: @escaping @Sendable () -> Int) {
        self.device = device
        self.now = now
    }

    private mutating func examine(_ opened: any Device) async throws {
        let identity: DeviceIdentity
        do {
            identity = try await opened.identity()
        } catch let error as DeviceError {
            return fail(error)
        }
        add(.reachable, .ok, device.url.text)
        add(.login, .ok, "as \(device.user)")
        add(.identity, .ok, "\(identity.version), serial number \(identity.serial)")
        do {
            try await ask(.encryption, opened.protocolMode, judge: encryption)
            try await ask(.clock, opened.clock, judge: clock)
            try await ask(.storage, opened.storage, judge: storage)
            try await ask(.images, opened.kept, judge: images)
            try await ask(.retention, opened.retentionDays, judge: retention)
            let libraries = try await opened.libraries()
            let portraits = libraries.reduce(0) { $0 + $1.portraitCount }
            add(.libraries, .ok, "\(count(libraries.count, "library", "libraries")), \(count(portraits, "portrait"))")
        } catch let error as DeviceError {
            fail(error, elsewhere: .libraries)
        }
    }

    /// Asks one question; that the device does not answer it is a warning, as old firmware may not know it.
    private mutating func ask<Reading: Sendable>(
        _ subject: DeviceFinding.Subject,
        _ question: () async throws -> Reading,
        judge: (Reading) -> (DeviceFinding.Level, String)
    ) async throws {
        do {
            let (level, detail) = judge(try await question())
            add(subject, level, detail)
        } catch let error as DeviceError
            where ![.unreachable, .replyLost, .loginRefused, .loginUnanswered].contains(error.code)
        {
            add(subject, .warn, "could not be asked: \(error.message)")
        }
    }

    private mutating func add(_ subject: DeviceFinding.Subject, _ level: DeviceFinding.Level, _ detail: String) {
        findings.append(DeviceFinding(device: device.name, subject: subject, level: level, detail: detail))
    }

    private mutating func fail(_ error: DeviceError, elsewhere: DeviceFinding.Subject = .identity) {
        let subject: DeviceFinding.Subject =
            switch error.code {
            case .unreachable, .replyLost, .notADevice, .redirected: .reachable
            case .handshakeRefused: .encryption
            case .unusableSettings: .settings
            case .certificateRefused: .certificate
            case .loginRefused, .loginUnanswered: .login
            default: elsewhere
            }
        add(subject, .fail, error.message)
        status = ExitStatus(endingWith: error)
    }

    private func encryption(_ mode: String) -> (DeviceFinding.Level, String) {
        guard device.url.isEncrypted else {
            return (
                .warn, "http: the password and every portrait can be read on the network; switch the device to https"
            )
        }
        if mode.lowercased() != "https" {
            return (.warn, "reached by https, but the device says it is in \(mode) mode")
        }
        return device.trustWord == "system"
            ? (.ok, "https, certificate verified by the machine's authorities")
            : (.ok, "https, certificate verified by \(device.trustWord)")
    }

    private func clock(_ clock: DeviceClock) -> (DeviceFinding.Level, String) {
        guard let behind = ClockReading(clock)?.secondsBehind(now()) else {
            return (.warn, "shows \(clock.time) \(clock.zone), which cannot be read as a time")
        }
        let off = abs(behind)
        guard off > 60 else { return (.ok, "\(clock.time) \(clock.zone), right to within \(max(1, off)) s") }
        let side = behind > 0 ? "behind" : "ahead of"
        return (
            .warn,
            "\(ClockReading.text(seconds: off)) \(side) this machine (\(clock.time) \(clock.zone)); set it or its NTP server"
        )
    }

    private func storage(_ storage: DeviceStorage) -> (DeviceFinding.Level, String) {
        let share = storage.capacity > 0 ? storage.used * 100 / storage.capacity : 0
        let use = "\(storage.used) of \(storage.capacity) in use (\(share)%)"
        // When it is full, 1 overwrites the oldest records, which is how such boxes normally live.
        guard storage.strategy == 2 else { return (.ok, "\(use), the oldest records are overwritten") }
        return share >= 90
            ? (.warn, "\(use): nearly full, and then the device takes no new records; make room")
            : (.warn, "\(use); once full, the device takes no new records (freeze)")
    }

    private func images(_ kept: KeptData) -> (DeviceFinding.Level, String) {
        kept.portraitImages
            ? (.ok, "libraries keep the portraits' images")
            : (
                .warn,
                "libraries keep no images: nothing stored here can be exported, mirrored or backed up with its image"
            )
    }

    private func retention(_ days: Int) -> (DeviceFinding.Level, String) {
        days == 0
            ? (.ok, "portraits are kept for ever")
            : (.warn, "the device deletes portraits by itself after \(count(days, "day"))")
    }
}

/// A number with its noun.
func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String { counted(number, noun, plural) }
