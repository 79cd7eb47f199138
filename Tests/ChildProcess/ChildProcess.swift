// SPDX-License-Identifier: Apache-2.0
import CSpawn
public import Foundation

/// A program that a test runs, with the words of Foundation's `Process`.
///
/// Foundation's own looks through all open files of this process before it starts another one, and reads behind the
/// end of what the system tells it when there are more than a thousand of them, as there are while hundreds of tests
/// run side by side. Here the system closes them.
public final class ChildProcess {
    /// The program.
    public var executableURL: URL?
    /// What it is given.
    public var arguments: [String] = []
    /// Its environment; that of this process, if `nil`.
    public var environment: [String: String]?
    /// The folder it runs in; that of this process, if `nil`.
    public var currentDirectoryURL: URL?
    /// A `Pipe` or a `FileHandle`; that of this process, if `nil`.
    public var standardInput: Any?
    /// A `Pipe` or a `FileHandle`; that of this process, if `nil`.
    public var standardOutput: Any?
    /// A `Pipe` or a `FileHandle`; that of this process, if `nil`.
    public var standardError: Any?
    /// The system's number of the program once it runs.
    public private(set) var processIdentifier: Int32 = 0
    /// What it ended with, or the signal that ended it.
    public private(set) var terminationStatus: Int32 = 0

    /// A program that does not run yet.
    public init() {}

    /// Starts the program.
    ///
    /// - Throws: The system's refusal.
    public func run() throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, source) in [
            (0, descriptor(standardInput, \.fileHandleForReading)),
            (1, descriptor(standardOutput, \.fileHandleForWriting)),
            (2, descriptor(standardError, \.fileHandleForWriting)),
        ] {
            if let source { posix_spawn_file_actions_adddup2(&actions, source, Int32(target)) }
        }
        fl_spawn_closefrom(&actions, 3)
        if let currentDirectoryURL { fl_spawn_chdir(&actions, currentDirectoryURL.path) }
        let path = executableURL?.path ?? ""
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment ?? ProcessInfo.processInfo.environment
        var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        let code = posix_spawn(&processIdentifier, path, &actions, nil, &argv, &envp)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        // The ends that the program has now; a reader would wait for the end of these too.
        (standardInput as? Pipe)?.fileHandleForReading.closeFile()
        for pipe in Set([standardOutput, standardError].compactMap { $0 as? Pipe }) {
            pipe.fileHandleForWriting.closeFile()
        }
    }

    /// Waits for the end.
    public func waitUntilExit() {
        var status: Int32 = 0
        while waitpid(processIdentifier, &status, 0) < 0 && errno == EINTR {}
        terminationStatus = status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F
    }

    private func descriptor(_ stream: Any?, _ end: KeyPath<Pipe, FileHandle>) -> Int32? {
        if let pipe = stream as? Pipe { return pipe[keyPath: end].fileDescriptor }
        return (stream as? FileHandle)?.fileDescriptor
    }
}
