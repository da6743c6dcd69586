// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/net/client.hpp"
#include "tests/integration/net/fake_app.hpp"
#include "tests/support/catch.hpp"

#include <cstdio>
#include <memory>
#include <string>

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tongxing;
using namespace tongxing::test;

namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freer<SSL_free>>;

int close_file(FILE* file) {
  return std::fclose(file);
}
using File = std::unique_ptr<FILE, Freer<close_file>>;

void make_certificate(const std::string& certificate_path, const std::string& key_path) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* common = reinterpret_cast<const unsigned char*>("localhost");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  const File certificate_file(std::fopen(certificate_path.c_str(), "wb"));
  PEM_write_X509(certificate_file.get(), certificate.get());
  const File key_file(std::fopen(key_path.c_str(), "wb"));
  PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

class TlsClient {
 public:
  TlsClient(std::uint16_t port, int max_version) : context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_max_proto_version(context_.get(), max_version);
    SSL_CTX_set_security_level(context_.get(), 0);
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), fd_);
    connected = SSL_connect(session_.get()) == 1;
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;
  ~TlsClient() { ::close(fd_); }

  /// Everything until the server's close_notify.
  std::string ask(const std::string& request) {
    SSL_write(session_.get(), request.data(), static_cast<int>(request.size()));
    std::string answer;
    std::string chunk(65536, '\0');
    int n = 0;
    while ((n = SSL_read(session_.get(), chunk.data(), static_cast<int>(chunk.size()))) > 0) {
      answer.append(chunk, 0, static_cast<std::size_t>(n));
    }
    clean_end = SSL_get_error(session_.get(), n) == SSL_ERROR_ZERO_RETURN;
    return answer;
  }
  bool connected = false;
  bool clean_end = false;

 private:
  Context context_;
  Session session_;
  int fd_ = -1;
};

}  // namespace

TEST_CASE("Requests, files and bodies over TLS", "[net][tls]") {
  FakeApp app;
  auto options = quick_options();
  options.tls_certificate = app.add_file("cert.pem", "").string();
  options.tls_key = app.add_file("key.pem", "").string();
  make_certificate(options.tls_certificate, options.tls_key);
  const std::string large(700'000, 'L');
  app.add_file("large", large);
  app.add_file("small", "S");
  const auto server = net::Server::start(options, app);
  const std::string close = "Connection: close\r\n";

  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server->port(), version);
    REQUIRE(client.connected);
    const auto answer = client.ask(get("/who") + get("/file/small") + get("/file/large", close));
    CHECK(answer.contains("127.0.0.1 secure https://localhost none"));
    CHECK(answer.contains("\r\n\r\nSHTTP/1.1 200"));
    CHECK(answer.ends_with(large));
    CHECK(client.clean_end);
  }
  TlsClient client(server->port(), TLS1_3_VERSION);
  const auto echoed = client.ask("POST /echo HTTP/1.1\r\nHost: a\r\n" + close +
                                 "Content-Length: 50000\r\n\r\n" + std::string(50'000, 'b'));
  CHECK(echoed.contains(std::string(50'000, 'b')));
  CHECK_FALSE(TlsClient(server->port(), TLS1_1_VERSION).connected);
  RawClient plain(server->port());
  plain.send(get("/hello"));
  CHECK_FALSE(plain.read_to_end().contains("200"));
}

TEST_CASE("A key that cannot be read stops the start", "[net][tls]") {
  FakeApp app;
  auto options = quick_options();
  options.tls_certificate = app.add_file("cert.pem", "nonsense").string();
  options.tls_key = app.add_file("key.pem", "nonsense").string();
  CHECK_THROWS(net::Server::start(options, app));
}
